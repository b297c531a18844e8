import { type PairBatch, type Reducer, type VerdictColumn, verdicts } from "@dpo-kit/batch";

/** A batch and what the reducers say of its pairs. */
export interface DecidedBatch {
  readonly batch: PairBatch;
  /** Of each pair a verdict; all kept where there are no reducers. */
  readonly verdict: Uint8Array;
  /** Of each pair the number of its output. */
  readonly output: Uint8Array;
  /** Why a pair was filtered, by its index. */
  readonly reasons: ReadonlyMap<number, string>;
}

/** Keeps batches between the first and the second pass of a global reducer. */
export interface Spool {
  write(decided: DecidedBatch): Promise<void>;
  /** All that was written, in its order. Called once, after the last write. */
  read(): AsyncIterable<DecidedBatch>;
  /** Frees what it holds. Safe to call more than once. */
  close(): Promise<void>;
}

/** Options of {@link reduceBatches}. */
export interface ReduceOptions {
  readonly reducers: readonly Reducer[];
  /** Makes the spool of a global reducer; called only where there is one. */
  readonly createSpool: () => Spool;
}

/**
 * Sends batches through reducers, one after another: each sees what the ones before it kept. Streaming
 * reducers decide at once; a global one sees all batches, which are spooled meanwhile, and decides then.
 * Order in is order out.
 */
export async function* reduceBatches(
  batches: AsyncIterable<PairBatch>,
  options: ReduceOptions,
): AsyncGenerator<DecidedBatch> {
  let stage: AsyncIterable<DecidedBatch> = undecided(batches);
  for (const reducer of options.reducers) {
    stage = reducer.needsAll ? afterAll(stage, reducer, options.createSpool) : atOnce(stage, reducer);
  }
  yield* stage;
}

async function* undecided(batches: AsyncIterable<PairBatch>): AsyncGenerator<DecidedBatch> {
  for await (const batch of batches) {
    const { count } = batch;
    yield { batch, verdict: new Uint8Array(count), output: new Uint8Array(count), reasons: new Map() };
  }
}

async function* atOnce(stage: AsyncIterable<DecidedBatch>, reducer: Reducer): AsyncGenerator<DecidedBatch> {
  for await (const decided of stage) {
    yield merge(decided, reducer.apply(decided.batch, decided.verdict));
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
    reducer.decide?.();
    yield* atOnce(spool.read(), reducer);
  } finally {
    await spool.close();
  }
}

function merge(before: DecidedBatch, column: VerdictColumn): DecidedBatch {
  const verdict = before.verdict.slice();
  const reasons = new Map(before.reasons);
  verdict.forEach((earlier, pair) => {
    if (earlier === verdicts.keep) {
      verdict[pair] = column.verdict[pair] ?? verdicts.keep;
      const reason = column.reason?.get(pair);
      if (reason !== undefined) {
        reasons.set(pair, reason);
      }
    }
  });
  return { batch: before.batch, verdict, output: column.output ?? before.output, reasons };
}

/** A spool in memory, for small inputs and for where there is no disk. */
export function createMemorySpool(): Spool {
  const kept: DecidedBatch[] = [];
  return {
    async write(decided) {
      kept.push(decided);
    },
    async *read() {
      yield* kept;
    },
    async close() {
      kept.length = 0;
    },
  };
}
