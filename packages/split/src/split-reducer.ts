import type { PairBatch, Reducer, VerdictColumn } from "@dpo-kit/batch";
import type { Issue } from "@dpo-kit/schema";
import type { PairDecisions } from "./pair-decisions.ts";
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
  /** In what it could not do all that was asked for; complete once all batches were decided on. */
  notes?(): readonly Issue[];
}

/** Applies to batches, in their order, the numbers of outputs that a global split decided on. */
export function applyOutputs(decisions: PairDecisions): (batch: PairBatch) => VerdictColumn {
  let before = 0;
  return ({ count }) => {
    const output = Uint8Array.from({ length: count }, (_, pair) => decisions.on(before + pair));
    before += count;
    return { verdict: new Uint8Array(count), output };
  };
}
