import type { Distribution } from "../measures/distribution.ts";
import type { Drift } from "../measures/drift.ts";
import type { PairPlace } from "../pairs/pair-place.ts";

/** What changed from one dataset to another. Plain data. */
export interface DatasetDiff {
  readonly schema: "dpo-kit/diff@1";
  readonly old: number;
  readonly new: number;
  /** In both, in the same split, with the same preference. */
  readonly unchanged: number;
  readonly added: DiffEntry;
  readonly removed: DiffEntry;
  /** In both, with the sides swapped. */
  readonly flipped: DiffEntry;
  /** In both, with the same preference, in another split. */
  readonly moved: DiffEntry;
  /** Whether nothing is added, removed, flipped or moved. */
  readonly same: boolean;
  readonly drift: readonly LengthDrift[];
}

/** How many pairs, and the first places: of removed ones in the old dataset, of others in the new. */
export interface DiffEntry {
  readonly pairs: number;
  /** Up to five. */
  readonly places: readonly DiffPlace[];
}

/** Where a pair is, and in which split. */
export interface DiffPlace extends PairPlace {
  /** Empty where no splits were told. */
  readonly split: string;
}

/** How lengths moved, of one part of the pairs. */
export interface LengthDrift extends Drift {
  readonly unit: "characters" | "tokens";
  readonly part: "prompt" | "preferred" | "nonPreferred";
  readonly old: Distribution;
  readonly new: Distribution;
}
