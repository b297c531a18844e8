import { readdir } from "node:fs/promises";
import { type PairBatch, type Reducer, selectLines, verdicts } from "@dpo-kit/batch";
import { temporaryFolder } from "@dpo-kit/testkit";
import { describe, expect, test } from "vitest";
import { inOrder, makeBatches } from "../test/make-batches.ts";
import type { DecidedBatch } from "./decided-batch.ts";
import { createDiskSpool } from "./node/disk-spool.ts";
import { reduceBatches } from "./reduce-batches.ts";
import { createMemorySpool, type Spool } from "./spool.ts";

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
      insteadOf: new Map(
        Array.from(batch.recordOrdinal, (_, pair) => [pair, { kept: last.get(promptOf(batch, pair))! }]),
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

const text = new TextDecoder();

/** Reads pairs again: the line of every third, and all batches twice. */
function readAgain(seen: string[], closed: string[]): Reducer {
  return {
    name: "read-again",
    needsAll: true,
    async decide(observed) {
      for (let pair = observed.count - 1; pair >= 0; pair -= 3) {
        seen.push(text.decode(await observed.line(pair)));
      }
      for (const time of ["once", "twice"]) {
        for await (const { batch, current } of observed.batches()) {
          seen.push(time, String(batch.count), current.join());
        }
      }
    },
    apply: ({ count }) => ({ verdict: new Uint8Array(count) }),
    close() {
      closed.push("read-again");
    },
  };
}

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
    const reasons = all.flatMap(({ removals }) => [...removals.values()].map(({ reason }) => reason));
    expect(new Set(reasons)).toEqual(new Set(["odd", undefined]));
  });

  test("the spool on disk gives what the one in memory gives, and leaves nothing", async () => {
    const folder = await temporaryFolder();
    const onDisk = await reduced([dropOdd, keepLast()], () => createDiskSpool(folder));
    const inMemory = await reduced([dropOdd, keepLast()], createMemorySpool);
    expect(keptLines(onDisk)).toBe(keptLines(inMemory));
    expect(onDisk.map(({ removals }) => [...removals])).toEqual(
      inMemory.map(({ removals }) => [...removals]),
    );
    expect(await readdir(folder)).toEqual([]);
  });

  test("a global reducer can read all pairs again, from either spool", async () => {
    const folder = await temporaryFolder();
    const lines = keptLines(await reduced([], createMemorySpool))
      .trimEnd()
      .split("\n");
    const found = await Promise.all(
      [createMemorySpool, () => createDiskSpool(folder)].map(async (createSpool) => {
        const seen: string[] = [];
        await reduced([dropOdd, readAgain(seen, [])], createSpool);
        return seen;
      }),
    );
    expect(found[0]).toEqual(found[1]);
    expect(found[0]!.slice(0, 7)).toEqual(lines.filter((_, pair) => pair % 3 === 1).reverse());
    expect(found[0]!.slice(7).filter((part) => part === "twice").length).toBeGreaterThan(1);
  });

  test("tells the line that stands in place of one that goes", async () => {
    const lines = keptLines(await reduced([], createMemorySpool))
      .trimEnd()
      .split("\n");
    const all = await reduced([keepLast()], createMemorySpool);
    const removals = all.flatMap((decided) => [...decided.removals.values()]);
    expect(removals).toHaveLength(13);
    expect(removals[0]).toEqual({ by: "keep-last", insteadOf: { kept: 14 }, keptLine: lines[14] });
  });

  test("closes every reducer, also when the run breaks off", async () => {
    const closed: string[] = [];
    const broken: Reducer = { ...dropOdd, apply: () => expect.unreachable("broken") };
    await expect(reduced([broken, readAgain([], closed)], createMemorySpool)).rejects.toThrow("broken");
    expect(closed).toEqual(["read-again"]);
  });
});
