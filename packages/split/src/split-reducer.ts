import type { Reducer } from "@dpo-kit/batch";
import type { SplitName } from "./split-names.ts";

/** Whether pairs stay where they are when others are added. */
export interface Stability {
  readonly isStable: boolean;
  /** The same as a sentence for the plan and the manifest. */
  readonly sentence: string;
}

/** A reducer that sends pairs to the parts of a split: `VerdictColumn.output` is an index of {@link names}. */
export interface SplitReducer extends Reducer {
  /** The parts in the order of their numbers: train, validation, test, as far as they were asked for. */
  readonly names: readonly SplitName[];
  readonly stability: Stability;
}
