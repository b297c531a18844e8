import type { PairBatch, PairBatchEncoderOptions, UnitLedger } from "@dpo-kit/batch";
import type { ChatCounts, PairTree } from "@dpo-kit/chat";
import type { DecodedText, Source } from "@dpo-kit/io";
import type { GatherStore, Outcome } from "@dpo-kit/preference";
import type { JsonValue, TransformName } from "@dpo-kit/schema";
import type { PlanFact, PlanLoss, PlanMapping } from "../conversion-plan.ts";
import type { ReadingRequest } from "../conversion-request.ts";
import type { SourceSet } from "../source-set.ts";

/** How sure a format is that it can read a text, and why. */
export interface FormatClaim {
  /** 0 to 1. */
  readonly confidence: number;
  readonly why: string;
  /** What to do where no format claims the text. */
  readonly hint?: string;
  /** Whether it is meant only where no other format reads any member of a set. */
  readonly lastResort?: boolean;
}

/** What a format would do with one text. */
export interface FormatPlan {
  /** Of a set: the names of the files that are read. Default: all. */
  readonly files?: readonly string[];
  /** What one unit of it is called: `conversation`, `task`. Default: nothing is known of that. */
  readonly unit?: string;
  readonly facts: readonly PlanFact[];
  readonly mapping: readonly PlanMapping[];
  readonly transforms: readonly TransformName[];
  readonly losses: readonly PlanLoss[];
  /** The names of all columns, where the source has columns. */
  readonly columns: readonly string[];
  /** The outcomes of a text: the object road. */
  convert(source: Source, options: FormatReadOptions): AsyncIterable<Outcome>;
  /** The same as batches of canonical lines, as fast as the format can. */
  encode(source: Source, options: FormatEncodeOptions): AsyncIterable<PairBatch>;
}

/** How a planned text is read. The source is UTF-8 without a byte order mark. */
export interface FormatReadOptions {
  readonly source: string;
  readonly maxCellBytes?: number;
  readonly limit?: number;
  readonly units?: UnitLedger;
  /** Takes one KTO line, without its end, for each answer that was judged alone. */
  readonly onUnpaired?: (line: string) => void;
  /** Reads the same text from its start once more; missing where it can be read only once. */
  readonly readAgain?: () => AsyncIterable<Uint8Array>;
  /** Makes a store for records that belong together. Default: one in memory. */
  readonly createStore?: () => GatherStore<JsonValue>;
  /** Filled by chat logs: what was found in them, and what became of it. */
  readonly chatCounts?: ChatCounts;
  /** Told by chat logs of the branch that each pair is of, in the order of the pairs. */
  readonly onPairTree?: (tree: PairTree | undefined) => void;
  readonly signal?: AbortSignal;
}

/** How the batches of a planned text are made. */
export interface FormatEncodeOptions extends Omit<FormatReadOptions, "units"> {
  readonly encoder: PairBatchEncoderOptions;
}

/** One layout among those of a format. */
export interface FormatVariant {
  readonly id: string;
  readonly title: string;
  /** Where it comes from, and what is read of it. */
  readonly detail?: string;
  /** The signals that pairs are made by, of chat logs. */
  readonly signals?: readonly string[];
  /** Why no pair can come of it. */
  readonly refused?: string;
}

/** A format that the pipeline reads. The list of them is in `formats.ts`; adding one is a line there. */
export interface PipelineFormat {
  readonly id: string;
  readonly title: string;
  /** For `dpo formats`: what it takes, in a few words. */
  readonly detail: string;
  /** A confidence of 0 says that it is not of this format, and why. */
  detect(text: DecodedText, request: ReadingRequest): FormatClaim | Promise<FormatClaim>;
  /** Ids by which `--from` chooses this format and more: the shapes of a family of formats. */
  readonly variants?: readonly FormatVariant[];
  /** Pure: of the beginning of the text and the options. */
  plan(text: DecodedText, request: ReadingRequest, source: string): FormatPlan | Promise<FormatPlan>;
  /** How whole folders and archives of this format are read; without it their members are read one by one. */
  readonly sets?: SetFormat;
}

/** The part of a format that takes a folder or an archive as a whole, whose files tell of each other. */
export interface SetFormat {
  /**
   * Judges by the names of the members, and may read the beginning of some. A confidence of 0 says that it is not
   * of this format, and why.
   */
  claim(set: SourceSet, request: ReadingRequest): FormatClaim | Promise<FormatClaim>;
  /** What would be done with it. The plan's `convert` and `encode` are given no text: they read the members. */
  plan(set: SourceSet, request: ReadingRequest): FormatPlan | Promise<FormatPlan>;
}
