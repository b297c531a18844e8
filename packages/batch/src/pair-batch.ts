import type { Issue, IssueCode, Location, Severity, TransformName } from "@dpo-kit/schema";
import type { Counts, Ledgers } from "./ledger.ts";
import type { OriginalRecord, Provenance } from "./outcome.ts";

/** Spans of one line, as offsets into {@link PairBatch.bytes}, in this order in {@link PairBatch.spans}. */
export const SPANS_PER_LINE = 8;

/** 32-bit words of one 128-bit key, least significant first: XXH64 with the first seed, then with the second. */
export const WORDS_PER_KEY = 4;

/**
 * The narrow waist between reading and writing: canonical lines in one buffer, and typed columns beside it.
 * Whatever comes after it (dedupe, split, write) works on these columns and never parses a line again.
 * All buffers are exact (no slack), so it goes to another thread by transfer, at no cost.
 */
export interface PairBatch {
  /** How many lines. */
  readonly count: number;
  /** The canonical lines, UTF-8, each ended by `\n`. */
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Of each line the offset behind its `\n`. */
  readonly lineEnd: Uint32Array<ArrayBuffer>;
  /**
   * Eight offsets a line: start and end of the JSON of `messages`, of `tools`, of `preferred_output` and of
   * `non_preferred_output`. Where the line leaves tools out (`--lean`) both of theirs are 0.
   */
  readonly spans: Uint32Array<ArrayBuffer>;
  /** Of each line the number of its source in the plan. */
  readonly sourceId: Uint32Array<ArrayBuffer>;
  /** Of each line the ordinal of its record in the source. */
  readonly recordOrdinal: Float64Array<ArrayBuffer>;
  /** Of each line the physical line its record begins at; 0 where a source has no lines. */
  readonly physicalLine: Float64Array<ArrayBuffer>;
  /** Of each line its place among the pairs of its record, from 0. */
  readonly pairInRecord: Uint32Array<ArrayBuffer>;
  /** Four words a line (see `docs/keys.md`): of the canonical line's bytes. */
  readonly lineKey: Uint32Array<ArrayBuffer>;
  /** Four words a line: of the folded input messages. */
  readonly promptKey: Uint32Array<ArrayBuffer>;
  /** Four words a line: of the folded preferred answer. */
  readonly preferredKey: Uint32Array<ArrayBuffer>;
  /** Four words a line: of the folded non-preferred answer. */
  readonly nonPreferredKey: Uint32Array<ArrayBuffer>;
  /** Of each line the index of its rule in {@link ruleNames}. */
  readonly rule: Uint16Array<ArrayBuffer>;
  readonly ruleNames: readonly string[];
  /** Of each line the difference in score, NaN where there is none. */
  readonly margin: Float64Array<ArrayBuffer>;
  /** Of each line a bit for each target, in the order of the encoder's `reportTargets`: 1, it would be taken. */
  readonly acceptedBy: Uint8Array<ArrayBuffer>;
  /** Columns the plan declares, for grouping and stratifying. */
  readonly groups: readonly GroupColumn[];
  /** Of each line what is known of its origin; absent unless the plan asks for provenance. */
  readonly provenance?: readonly (Provenance | undefined)[];
  /** Records and pairs that the user should look at, in the order of the input. */
  readonly rejects: readonly RejectEntry[];
  /** Issues that reject nothing: of each code and severity the first 20, in the order of the input. */
  readonly notes: readonly Issue[];
  /** How many such issues there were, of each code and severity, those that {@link notes} leaves out too. */
  readonly noteCounts: readonly NoteCount[];
  /** How often each transform was used. */
  readonly transforms: Counts;
  /** What happened to the units, records, comparisons and pairs behind this batch. `pairs.written` is empty yet. */
  readonly ledgers: Ledgers;
}

/** A column of values by which pairs can be grouped: 64-bit hashes, and the texts they stand for. */
export interface GroupColumn {
  readonly name: string;
  /** Two words a line: XXH64 of the value's UTF-8, least significant first. */
  readonly hash: Uint32Array<ArrayBuffer>;
  /** Index into {@link values}, of each line. */
  readonly index: Uint32Array<ArrayBuffer>;
  readonly values: readonly string[];
}

/** How often an issue that rejects nothing was found. */
export interface NoteCount {
  readonly code: IssueCode;
  readonly severity: Severity;
  readonly count: number;
}

/** One entry of the rejects file. */
export interface RejectEntry {
  readonly at: Location;
  readonly issues: readonly Issue[];
  readonly record?: OriginalRecord;
}

export type { TransformName };
