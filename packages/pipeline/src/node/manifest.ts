import { basename } from "node:path";
import type { Counts, Ledgers } from "@dpo-kit/batch";
import type { Issue, JsonObject } from "@dpo-kit/schema";
import { type ChatSummary, plainChat } from "../chat-summary.ts";
import type { ConversionPlan, SourcePlan } from "../conversion-plan.ts";
import type {
  Acceptance,
  ConflictCounts,
  DuplicateCounts,
  OutputRecord,
  SplitProof,
} from "../conversion-result.ts";
import type { ExportReport } from "../export/export-result.ts";
import { plainCounts, plainLedgers } from "../plain-ledgers.ts";
import { exportEntries, exportedFileEntry, isExportOf } from "./export/export-manifest.ts";
import type { RecipeRun } from "./pairs-run.ts";

/** What the manifest keeps of an input. */
export interface InputRecord {
  readonly name: string;
  /** Absent where a limit left some of it unread. */
  readonly bytes?: number;
  readonly digest?: string;
}

/** Everything a manifest is made of. */
export interface ManifestParts {
  readonly options: JsonObject;
  readonly plan: ConversionPlan;
  readonly inputs: readonly InputRecord[];
  /** All but the manifest itself; names without their folder. */
  readonly outputs: readonly OutputRecord[];
  readonly ledgers: Ledgers;
  readonly transforms: Counts;
  readonly accepted: readonly Acceptance[];
  readonly duplicates: DuplicateCounts;
  readonly conflicts: ConflictCounts | undefined;
  readonly proof: SplitProof | undefined;
  readonly chat: ChatSummary | undefined;
  readonly stability: string | undefined;
  readonly exports: readonly ExportReport[] | undefined;
  readonly recipe: RecipeRun | undefined;
}

/**
 * The manifest of a run as JSON text. An output is complete when its manifest is there and the sizes in it
 * match. It holds no times, host names or absolute paths, so that the same inputs give the same manifest.
 */
export function formatManifest(parts: ManifestParts): string {
  const failed = parts.recipe?.sources.failed ?? [];
  const shown = parts.recipe?.hideValues ?? ((text: string) => text);
  const manifest: JsonObject = {
    schema: "dpo-kit/manifest@1",
    complete: failed.length === 0,
    ...(failed.length === 0 ? {} : { failed: failed.map((issue) => failedEntry(issue, shown)) }),
    ...(parts.recipe?.key === undefined ? {} : { run: parts.recipe.key }),
    options: parts.options,
    inputs: parts.inputs.map((input, index) => inputEntry(input, parts.plan.sources[index]!, shown)),
    outputs: parts.outputs.map((output) =>
      isExportOf(parts.exports, output) ? exportedFileEntry(output) : outputEntry(output),
    ),
    ledgers: plainLedgers(parts.ledgers),
    transforms: plainCounts(parts.transforms),
    accepted: Object.fromEntries(parts.accepted.map(({ target, lines }) => [target, lines])),
    duplicates: { ...parts.duplicates },
    reducers: parts.plan.reducers.map((reducer) => ({ ...reducer, title: shown(reducer.title) })),
    ...(parts.conflicts === undefined ? {} : { conflicts: { ...parts.conflicts } }),
    ...(parts.exports === undefined ? {} : { exports: exportEntries(parts.exports) }),
    ...(parts.chat === undefined ? {} : { chat: plainChat(parts.chat) }),
    ...(parts.proof === undefined
      ? {}
      : { split: splitEntry(parts.proof, parts.stability && shown(parts.stability)) }),
  };
  return `${JSON.stringify(manifest, null, 2)}\n`;
}

function outputEntry({ kind, path, lines, bytes, digest }: OutputRecord): JsonObject {
  return { kind, name: fileName(path), lines, bytes, ...(digest === undefined ? {} : { digest }) };
}

/** A text as the manifest may have it. */
type Shown = (text: string) => string;

/** The proof that no prompt is in two files. */
function splitEntry({ prompts, shared }: SplitProof, stability: string | undefined): JsonObject {
  return {
    prompts: plainCounts(prompts),
    promptsInSeveralFiles: shared,
    ...(stability === undefined ? {} : { stability }),
  };
}

/** A source of a recipe that could not be read. */
function failedEntry({ code, location }: Issue, shown: Shown): JsonObject {
  return { name: shown(fileName(location.source)), code };
}

function inputEntry(input: InputRecord, plan: SourcePlan, shown: Shown): JsonObject {
  return {
    name: shown(input.name),
    ...(input.bytes === undefined ? {} : { bytes: input.bytes }),
    ...(input.digest === undefined ? {} : { digest: input.digest }),
    format: plan.format,
    facts: plan.facts.map(({ label, value }) => ({ label, value: shown(value) })),
    mapping: plan.mapping.map(({ role, from }) => ({ role, from: shown(from) })),
  };
}

/** A path without its folders. */
export function fileName(path: string): string {
  return basename(path);
}
