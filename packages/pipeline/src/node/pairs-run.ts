import { type ChatCounts, emptyChatCounts } from "@dpo-kit/chat";
import type { InputSource } from "@dpo-kit/io";
import { diskEntrySorters } from "@dpo-kit/io/node";
import type { JsonObject } from "@dpo-kit/schema";
import { createLeakCheck, type LeakCheck } from "@dpo-kit/split";
import type { ConversionPlan } from "../conversion-plan.ts";
import type { RunEnvironment } from "../conversion-request.ts";
import type { ConversionResult, RecipeSources } from "../conversion-result.ts";
import { createDuplicateCounter, type DuplicateCounter } from "../duplicate-counter.ts";
import type { OutputLayout } from "../output-layout.ts";
import type { PairsRequest } from "../pairs-request.ts";
import { groupFields } from "../plan-reducers.ts";
import { createRunTally, type RunTally } from "../tally.ts";
import type { ConversionOutputs } from "./conversion-outputs.ts";
import { DEFAULT_MEMORY } from "./create-reducers.ts";
import { createFieldCheck, type FieldCheck } from "./field-check.ts";
import type { findSources } from "./find-sources.ts";
import { createPairPlaces, type PairPlaces } from "./pair-places.ts";
import type { PreparedSource } from "./prepare-source.ts";
import { reportTargets } from "./report-targets.ts";

/** What is run, and how its sources are read. */
export interface RunPairsOptions {
  readonly command: ConversionResult["command"];
  readonly request: PairsRequest;
  readonly environment: RunEnvironment;
  /** Plans one source, so that what cannot work is said before anything is written. */
  prepare(input: InputSource): Promise<PreparedSource>;
  /** Finds the sources. Default: each file is one. */
  readonly find?: typeof findSources;
  /** Where what does not fit into memory is kept. Default: beside the output. */
  readonly folder?: string;
  /** Of a run of a recipe. */
  readonly recipe?: RecipeRun;
}

/** What a recipe has that no command line has. */
export interface RecipeRun {
  /** What it says, with the names of variables, for the manifest. */
  readonly asWritten: JsonObject;
  readonly sources: RecipeSources;
  /** Stands for everything that its outputs depend on; absent where a source failed. */
  readonly key?: string;
  /** A text with the names of variables in the place of their values. */
  hideValues(text: string): string;
}

/** A run that has everything it needs. */
export interface PairsRun extends RunPairsOptions {
  readonly layout: OutputLayout;
  readonly outputs: ConversionOutputs;
  readonly sources: readonly PreparedSource[];
  /** The files of `--against`. */
  readonly heldOut: readonly InputSource[];
  readonly plan: ConversionPlan;
}

/** What a run counts and remembers on the way. */
export interface RunObservers {
  readonly tally: RunTally;
  readonly duplicates: DuplicateCounter;
  /** Of chat logs: what was found in them, and what became of it. */
  readonly chat: ChatCounts;
  /** Where what does not fit into memory is kept. */
  readonly folder: string;
  readonly fields: FieldCheck;
  /** Of all pairs, where some may be taken out: then the places of those that are kept are asked for. */
  readonly places: PairPlaces;
  /** Only of a split. */
  readonly leaks: LeakCheck | undefined;
}

/** Begins to observe a run; what does not fit into memory is kept in `folder`. */
export function createRunObservers({ layout, outputs, request }: PairsRun, folder: string): RunObservers {
  return {
    tally: createRunTally(reportTargets, outputs.lines.names),
    duplicates: createDuplicateCounter(),
    chat: emptyChatCounts(),
    folder,
    fields: createFieldCheck(groupFields(request)),
    places: createPairPlaces(folder),
    leaks: layout.lines.length > 1 ? leakCheckOf(folder, { layout, request }) : undefined,
  };
}

/** The proof sorts entries, for which the disk is nearly as good: it takes a small part of the memory. */
function leakCheckOf(
  directory: string,
  { layout, request: { memory = DEFAULT_MEMORY } }: Pick<PairsRun, "layout" | "request">,
): LeakCheck {
  const createSorter = diskEntrySorters({ directory, maxBytes: memory / 16 });
  return createLeakCheck({ createSorter, files: layout.lines.length });
}
