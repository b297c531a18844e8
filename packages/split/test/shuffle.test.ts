import { readdirSync } from "node:fs";
import { join } from "node:path";
import { lineText, type PairBatch, verdicts } from "@dpo-kit/batch";
import { diskEntrySorters } from "@dpo-kit/io/node";
import { temporaryFolder } from "@dpo-kit/testkit";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createShuffle, memoryLineSorters, type ShuffleOptions } from "../src/index.ts";
import { diskLineSorters } from "../src/node.ts";
import { arbitraryPair, batchesOf, type PairFacts } from "./batches.ts";

const utf8 = new TextDecoder();

type Column = (batch: PairBatch) => { verdict: Uint8Array; output?: Uint8Array };

const keepAll: Column = ({ count }) => ({ verdict: new Uint8Array(count) });

async function shuffled(
  batches: readonly PairBatch[],
  options: ShuffleOptions,
  column = keepAll,
  output?: number,
) {
  const shuffle = await createShuffle(options);
  for (const batch of batches) {
    shuffle.observe(batch, column(batch).verdict);
  }
  for (const batch of batches) {
    shuffle.add(batch, column(batch));
  }
  const lines = Array.from(shuffle.lines(output), (line) => utf8.decode(line));
  shuffle.close();
  shuffle.close();
  return lines;
}

function linesOf(batches: readonly PairBatch[]): string[] {
  return batches.flatMap((batch) =>
    Array.from({ length: batch.count }, (_, pair) => `${lineText(batch, pair)}\n`),
  );
}

function numbered(count: number): PairFacts[] {
  return Array.from({ length: count }, (_, index) => ({ prompt: `prompt ${index}` }));
}

describe("createShuffle", () => {
  it("gives all lines in an order that depends on them and the seed alone, in memory and on disk", async () => {
    const directory = await temporaryFolder();
    await fc.assert(
      fc.asyncProperty(
        fc.array(arbitraryPair, { maxLength: 40 }),
        fc.integer({ min: 1, max: 9 }),
        fc.integer({ min: 1, max: 4000 }),
        async (pairs, size, maxBytes) => {
          const batches = await batchesOf(pairs);
          const lines = await shuffled(batches, {});
          expect(lines.toSorted()).toEqual(linesOf(batches).toSorted());
          expect(await shuffled(await batchesOf(pairs.toReversed(), size), {})).toEqual(lines);
          const onDisk = {
            createSorter: diskEntrySorters({ directory, maxBytes: 100 }),
            createLineSorter: diskLineSorters({ directory, maxBytes }),
          };
          expect(await shuffled(await batchesOf(pairs, size), onDisk)).toEqual(lines);
          expect(readdirSync(directory)).toEqual([]);
        },
      ),
      { numRuns: 30 },
    );
  });

  it("is another order with another seed, and no order of the input", async () => {
    const batches = await batchesOf(numbered(50));
    const [one, other] = [await shuffled(batches, { seed: 1 }), await shuffled(batches, { seed: 2 })];
    expect(one).not.toEqual(other);
    expect(one).not.toEqual(linesOf(batches));
  });

  it("scatters equal lines", async () => {
    const pairs = [...Array.from({ length: 20 }, () => ({ prompt: "same" })), ...numbered(80)];
    const lines = await shuffled(await batchesOf(pairs), {});
    const places = lines.flatMap((line, place) => (line.includes('"same"') ? [place] : []));
    expect(places).toHaveLength(20);
    expect(places.at(-1)! - places[0]!).toBeGreaterThan(50);
  });

  it("puts the lines of each output in order, and leaves out what is not kept", async () => {
    const batches = await batchesOf(numbered(40), 10);
    const column: Column = ({ count }) => ({
      verdict: Uint8Array.from({ length: count }, (_, pair) =>
        pair === 0 ? verdicts.duplicate : verdicts.keep,
      ),
      output: Uint8Array.from({ length: count }, (_, pair) => pair % 2),
    });
    const all = await shuffled(batches, {});
    const [even, odd] = [await shuffled(batches, {}, column, 0), await shuffled(batches, {}, column, 1)];
    expect([even.length, odd.length]).toEqual([16, 20]);
    expect(all.filter((line) => odd.includes(line))).toEqual(odd);
    expect(await shuffled(batches, {}, column, 2)).toEqual([]);
  });

  it("stops where lines do not fit into memory", async () => {
    const createLineSorter = memoryLineSorters({ maxBytes: 500 });
    await expect(shuffled(await batchesOf(numbered(20)), { createLineSorter })).rejects.toMatchObject({
      code: "IO_SORT_LIMIT",
    });
  });
});

describe("diskLineSorters", () => {
  /** A place that begins with a word, and a line of some length that says so. */
  function placed(word: number, length: number): [Uint32Array, Uint8Array] {
    return [
      Uint32Array.of(0, word, 1, 2, 3, 4, 5, length),
      new TextEncoder().encode(`${word} `.repeat(length)),
    ];
  }

  it("part files that are too large, take lines of any length, and leave nothing behind", async () => {
    const directory = await temporaryFolder();
    const sorter = diskLineSorters({ directory, maxBytes: 5000 })();
    const lengths = [1, 0, 10, 70_000, 300_000];
    const words = Array.from(
      { length: 400 },
      (_, index) => (index * 2_654_435_761) % (index % 2 === 0 ? 2 ** 32 : 999),
    );
    words.forEach((word, index) => {
      sorter.add(placed(word, 0)[0], 1, placed(word, lengths[index % 100] ?? 3)[1]);
    });
    const expected = words
      .map((word, index) => ({ word, line: `${word} `.repeat(lengths[index % 100] ?? 3) }))
      .sort((left, right) => left.word - right.word);
    const lines = Array.from(sorter.sorted(), (line) => utf8.decode(line));
    expect(lines.length).toBe(expected.length);
    expect(lines.every((line, index) => line === expected[index]!.line)).toBe(true);
    sorter.close();
    expect(readdirSync(directory)).toEqual([]);
  });

  it("say where they cannot write", async () => {
    const sorter = diskLineSorters({ directory: join(await temporaryFolder(), "missing"), maxBytes: 1 })();
    expect(() => sorter.add(...([placed(1, 2)[0], 1, placed(1, 2)[1]] as const))).toThrow(
      expect.objectContaining({ code: "IO_WRITE_FAILED" }),
    );
  });
});
