import {
  type ObservedPairs,
  type PairBatch,
  type Reducer,
  type Replacement,
  type VerdictColumn,
  verdicts,
} from "@dpo-kit/batch";
import { type DecidedBatch, type Removal, undecided } from "./decided-batch.ts";
import type { Spool } from "./spool.ts";

/** Options of {@link reduceBatches}. */
export interface ReduceOptions {
  readonly reducers: readonly Reducer[];
  /** Makes the spool of a global reducer; called only where there is one. */
  readonly createSpool: () => Spool;
}

/**
 * Sends batches through reducers, one after another: each sees what the ones before it kept. Streaming
 * reducers decide at once; a global one sees all batches, which are spooled meanwhile, and decides then.
 * Order in is order out. When the run ends, however it does, every reducer is closed.
 */
export async function* reduceBatches(
  batches: AsyncIterable<PairBatch>,
  options: ReduceOptions,
): AsyncGenerator<DecidedBatch> {
  const { reducers, createSpool } = options;
  let stage = allUndecided(batches);
  for (const reducer of reducers) {
    stage = reducer.needsAll ? afterAll(stage, reducer, createSpool) : atOnce(stage, reducer);
  }
  try {
    yield* stage;
  } finally {
    await closeAll(reducers);
  }
}

/** Frees what reducers hold. */
export async function closeAll(reducers: readonly Reducer[]): Promise<void> {
  for (const reducer of reducers) {
    await reducer.close?.();
  }
}

async function* allUndecided(batches: AsyncIterable<PairBatch>): AsyncGenerator<DecidedBatch> {
  for await (const batch of batches) {
    yield undecided(batch);
  }
}

async function* atOnce(stage: AsyncIterable<DecidedBatch>, reducer: Reducer): AsyncGenerator<DecidedBatch> {
  for await (const decided of stage) {
    yield merge(decided, reducer);
  }
}

async function* afterAll(
  stage: AsyncIterable<DecidedBatch>,
  reducer: Reducer,
  createSpool: () => Spool,
): AsyncGenerator<DecidedBatch> {
  const spool = createSpool();
  try {
    for await (const decided of stage) {
      reducer.observe?.(decided.batch, decided.verdict);
      await spool.write(decided);
    }
    await reducer.decide?.(observedPairs(spool));
    for await (const decided of spool.read()) {
      yield await withKeptLines(merge(decided, reducer), reducer, spool);
    }
  } finally {
    await spool.close();
  }
}

function observedPairs(spool: Spool): ObservedPairs {
  return {
    count: spool.count,
    line: (pair) => spool.line(pair),
    async *batches() {
      for await (const { batch, verdict } of spool.read()) {
        yield { batch, current: verdict };
      }
    },
  };
}

function merge(before: DecidedBatch, reducer: Reducer): DecidedBatch {
  const { batch, output } = before;
  const column = reducer.apply(batch, before.verdict);
  const verdict = before.verdict.slice();
  const removals = new Map(before.removals);
  for (let pair = 0; pair < batch.count; pair += 1) {
    const found = column.verdict[pair] ?? verdicts.keep;
    if (verdict[pair] === verdicts.keep && found !== verdicts.keep) {
      verdict[pair] = found;
      removals.set(pair, removalOf(column, pair, reducer.name));
    }
  }
  return { batch, verdict, output: column.output ?? output, removals };
}

function removalOf({ reason, insteadOf }: VerdictColumn, pair: number, by: string): Removal {
  const why = reason?.get(pair);
  const replacement = insteadOf?.get(pair);
  return {
    by,
    ...(why === undefined ? {} : { reason: why }),
    ...(replacement === undefined ? {} : { insteadOf: replacement }),
  };
}

/** While the spool is there, the lines that stand in place of others can be shown. */
async function withKeptLines(decided: DecidedBatch, reducer: Reducer, spool: Spool): Promise<DecidedBatch> {
  const removals = new Map(decided.removals);
  for (const [pair, removal] of decided.removals) {
    if (removal.by === reducer.name && typeof removal.insteadOf?.kept === "number") {
      removals.set(pair, { ...removal, keptLine: await keptLine(removal.insteadOf, spool) });
    }
  }
  return { ...decided, removals };
}

async function keptLine({ kept }: Replacement, spool: Spool): Promise<string> {
  return utf8.decode(await spool.line(kept as number));
}

const utf8 = new TextDecoder("utf-8", { ignoreBOM: true });
