import type { DpoExample, Issue, JsonValue, Location, TransformName } from "@dpo-kit/schema";

/** Why a comparison that was considered gave no pair. */
export type DropReason =
  | "tie"
  | "margin"
  | "cap"
  | "empty"
  | "identical"
  | "divergence"
  | "invalid"
  /** An answer that was stopped, cut off or failed. */
  | "unfinished"
  /** A turn in which tools were used, which one assistant message cannot hold. */
  | "tool-turn"
  /** Images, sound or files, which providers of preference tuning do not take. */
  | "media"
  /** Judgements of the same two answers that disagree, or that a more trusted one disagrees with. */
  | "contradiction"
  /** The same two answers in the same order, judged once more. */
  | "repeat"
  /** A judgement of an answer that is not in the input. */
  | "missing"
  /** Somebody was asked to choose, and skipped it, or found both bad. */
  | "undecided"
  /** A rating that was copied with its answer: nobody knows which of the two was meant. */
  | "copied-rating";

/** A comparison that was considered and gave no pair. */
export interface DroppedComparison {
  reason: DropReason;
  /** What is wrong, where something is: present for `empty`, `identical` and `invalid`. */
  issues?: readonly Issue[];
}

/** Named facts about where a pair comes from: an annotator, a model, a score. Personal fields are hashed before. */
export type Provenance = Readonly<Record<string, string | number | boolean | null>>;

/** One preference pair and how it came to be. */
export interface Pair {
  example: DpoExample;
  /** The rule that made it, such as `given` or `best-worst`. */
  rule: string;
  /** What was changed on the way, each use by name. */
  transforms: readonly TransformName[];
  /** By how much the preferred answer scored higher; left out where there are no scores. */
  margin?: number;
  provenance?: Provenance;
}

/** At least one pair came of the record. */
export interface PairsOutcome {
  kind: "pairs";
  at: Location;
  pairs: readonly Pair[];
  dropped: readonly DroppedComparison[];
  /** What the user should know of the record and removes nothing, such as scores that oppose the verdict. */
  notes?: readonly Issue[];
  /** The original record, for the rejects file should a later check refuse one of its pairs. */
  record?: OriginalRecord;
}

/** Nothing is wrong with the record; it holds no preference. */
export interface SkippedOutcome {
  kind: "skipped";
  at: Location;
  /** A short stable reason, such as `tie` or `no-candidates`. */
  reason: string;
  dropped?: readonly DroppedComparison[];
}

/** The user should look at the record. */
export interface RejectedOutcome {
  kind: "rejected";
  at: Location;
  /** At least one. The first one's code is the one it is counted under. */
  issues: readonly Issue[];
  dropped?: readonly DroppedComparison[];
  /** True where the unit could not be decoded into a record at all: a ragged row, a line that is no JSON. */
  malformed?: boolean;
  record?: OriginalRecord;
}

/** What a converter says of one record. Never nothing. */
export type Outcome = PairsOutcome | SkippedOutcome | RejectedOutcome;

/** A record as it stood in the input. */
export interface OriginalRecord {
  /** The record itself: an object of its columns, or the raw text where it could not be decoded. */
  value: JsonValue;
  /** Its size in the input, in bytes. */
  bytes: number;
}
