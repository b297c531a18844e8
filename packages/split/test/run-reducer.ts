import { lineText, type ObservedPairs, type PairBatch, type Reducer, verdicts } from "@dpo-kit/batch";

/** What a reducer decided on a pair. */
export interface Decision {
  readonly line: string;
  readonly verdict: number;
  readonly output: number;
  readonly reason: string | undefined;
}

/** Sends batches through a reducer as a run does, and closes it. */
export async function runReducer(
  reducer: Reducer,
  batches: readonly PairBatch[],
  current: (batch: PairBatch) => Uint8Array = ({ count }) => new Uint8Array(count),
): Promise<Decision[]> {
  if (reducer.needsAll) {
    for (const batch of batches) {
      reducer.observe?.(batch, current(batch));
    }
    await reducer.decide?.(noTexts);
  }
  const decisions = batches.flatMap((batch) => decisionsOn(reducer, batch, current(batch)));
  await reducer.close?.();
  await reducer.close?.();
  return decisions;
}

function decisionsOn(reducer: Reducer, batch: PairBatch, current: Uint8Array): Decision[] {
  const { verdict, output, reason } = reducer.apply(batch, current);
  return Array.from(verdict, (each, pair) => ({
    line: lineText(batch, pair),
    verdict: current[pair] === verdicts.keep ? each : current[pair]!,
    output: output?.[pair] ?? 0,
    reason: reason?.get(pair),
  }));
}

/** The reducers under test look at keys alone. */
const noTexts: ObservedPairs = {
  count: Number.NaN,
  line: () => Promise.reject(new Error("The texts were read")),
  batches: () => {
    throw new Error("The batches were read");
  },
};
