import { readdir } from "node:fs/promises";
import { type PairBatch, type Reducer, selectLines, verdicts } from "@dpo-kit/batch";
import { temporaryFolder } from "@dpo-kit/testkit";
import { describe, expect, test } from "vitest";
import { inOrder, makeBatches } from "../test/make-batches.ts";
import { createDiskSpool } from "./node/disk-spool.ts";
import { createMemorySpool, type DecidedBatch, reduceBatches, type Spool } from "./reduce-batches.ts";

const pairs = Array.from({ length: 20 }, (_, index) => ({
  prompt: `question ${index % 7}`,
  preferred: `good ${index}`,
  nonPreferred: `bad ${index}`,
}));

const promptOf = (batch: PairBatch, pair: number) => batch.promptKey.subarray(pair * 4, pair * 4 + 4).join();

/** Keeps only the last pair of each prompt: it cannot be known before all were seen. */
function keepLast(): Reducer {
  const last = new Map<string, number>();
  return {
    name: "keep-last",
    needsAll: true,
    observe(batch, current) {
      for (let pair = 0; pair < batch.count; pair += 1) {
        if (current[pair] === verdicts.keep) {
          last.set(promptOf(batch, pair), batch.recordOrdinal[pair]!);
        }
      }
    },
    apply: (batch) => ({
      verdict: Uint8Array.from({ length: batch.count }, (_, pair) =>
        last.get(promptOf(batch, pair)) === batch.recordOrdinal[pair] ? verdicts.keep : verdicts.duplicate,
      ),
    }),
  };
}

const dropOdd: Reducer = {
  name: "drop-odd",
  needsAll: false,
  apply: (batch) => ({
    verdict: batch.recordOrdinal.reduce((column, ordinal, pair) => {
      column[pair] = ordinal % 2 === 1 ? verdicts.filtered : verdicts.keep;
      return column;
    }, new Uint8Array(batch.count)),
    reason: new Map(Array.from({ length: batch.count }, (_, pair) => [pair, "odd"] as const)),
  }),
};

async function reduced(reducers: readonly Reducer[], createSpool: () => Spool): Promise<DecidedBatch[]> {
  const all: DecidedBatch[] = [];
  for await (const decided of reduceBatches(inOrder(await makeBatches(pairs)), { reducers, createSpool })) {
    all.push(decided);
  }
  return all;
}

const keptLines = (all: readonly DecidedBatch[]) =>
  all
    .flatMap((decided) =>
      [...selectLines(decided.batch, decided)].map((bytes) => new TextDecoder().decode(bytes)),
    )
    .join("");

const keptOrdinals = (all: readonly DecidedBatch[]) =>
  all.flatMap(({ batch, verdict }) =>
    [...batch.recordOrdinal].filter((_, pair) => verdict[pair] === verdicts.keep),
  );

describe("reduceBatches", () => {
  test("without reducers keeps everything, and makes no spool", async () => {
    const all = await reduced([], () => expect.fail("no spool is needed"));
    expect(keptOrdinals(all)).toHaveLength(pairs.length);
  });

  test("a global reducer decides when all was seen", async () => {
    expect(keptOrdinals(await reduced([keepLast()], createMemorySpool))).toEqual([
      13, 14, 15, 16, 17, 18, 19,
    ]);
  });

  test("a later reducer counts only what earlier ones kept", async () => {
    const all = await reduced([dropOdd, keepLast()], createMemorySpool);
    expect(keptOrdinals(all)).toEqual([6, 8, 10, 12, 14, 16, 18]);
    expect(all.flatMap(({ reasons }) => [...reasons.values()]).every((reason) => reason === "odd")).toBe(
      true,
    );
  });

  test("the spool on disk gives what the one in memory gives, and leaves nothing", async () => {
    const folder = await temporaryFolder();
    const onDisk = await reduced([dropOdd, keepLast()], () => createDiskSpool(folder));
    const inMemory = await reduced([dropOdd, keepLast()], createMemorySpool);
    expect(keptLines(onDisk)).toBe(keptLines(inMemory));
    expect(onDisk.map(({ reasons }) => [...reasons])).toEqual(inMemory.map(({ reasons }) => [...reasons]));
    expect(await readdir(folder)).toEqual([]);
  });
});
