import {
  lineBytes,
  type ObservedPairs,
  type PairBatch,
  type Reducer,
  type Replacement,
} from "@dpo-kit/batch";

/** What a reducer said of all pairs, in their order. */
export interface Decision {
  readonly verdicts: number[];
  /** What stands in place of a pair, by its number. */
  readonly insteadOf: Map<number, Replacement>;
}

/**
 * Does with a reducer what a pipeline does, and closes it. `current` are the verdicts of earlier reducers, by the
 * number of the pair; default: all are kept.
 */
export async function runReducer(
  reducer: Reducer,
  batches: readonly PairBatch[],
  current: readonly number[] = [],
): Promise<Decision> {
  const stages = stagesOf(batches, current);
  try {
    if (reducer.needsAll) {
      for (const stage of stages) {
        reducer.observe?.(stage.batch, stage.current);
      }
      await reducer.decide?.(observedPairs(stages));
    }
    return applyAll(reducer, stages);
  } finally {
    await reducer.close?.();
  }
}

interface Stage {
  readonly batch: PairBatch;
  readonly current: Uint8Array;
  /** The number of its first pair. */
  readonly first: number;
}

function stagesOf(batches: readonly PairBatch[], current: readonly number[]): Stage[] {
  let first = 0;
  return batches.map((batch) => {
    const verdicts = Uint8Array.from({ length: batch.count }, (_, pair) => current[first + pair] ?? 0);
    first += batch.count;
    return { batch, current: verdicts, first: first - batch.count };
  });
}

function applyAll(reducer: Reducer, stages: readonly Stage[]): Decision {
  const decision: Decision = { verdicts: [], insteadOf: new Map() };
  for (const { batch, current, first } of stages) {
    const column = reducer.apply(batch, current);
    decision.verdicts.push(...column.verdict);
    for (const [pair, replacement] of column.insteadOf ?? []) {
      decision.insteadOf.set(first + pair, replacement);
    }
  }
  return decision;
}

function observedPairs(stages: readonly Stage[]): ObservedPairs {
  const lines = stages.flatMap(({ batch }) =>
    Array.from({ length: batch.count }, (_, pair) => lineBytes(batch, pair).slice(0, -1)),
  );
  return {
    count: lines.length,
    line: async (pair) => lines[pair]!,
    async *batches() {
      yield* stages;
    },
  };
}
