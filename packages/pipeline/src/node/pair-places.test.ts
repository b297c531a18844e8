import { readdir } from "node:fs/promises";
import type { PairBatch } from "@dpo-kit/batch";
import { temporaryFolder } from "@dpo-kit/testkit";
import { expect, test } from "vitest";
import { createPairPlaces } from "./pair-places.ts";

function batchOf(start: number, count: number): PairBatch {
  const numbers = Array.from({ length: count }, (_, index) => start + index);
  return {
    count,
    sourceId: Uint32Array.from(numbers, (number) => number % 3),
    recordOrdinal: Float64Array.from(numbers),
    physicalLine: Float64Array.from(numbers, (number) => number + 2),
    pairInRecord: Uint32Array.from(numbers, (number) => number % 2),
  } as unknown as PairBatch;
}

test("finds places in memory and on disk, and leaves nothing", async () => {
  const folder = await temporaryFolder();
  const places = createPairPlaces(folder);
  for (let start = 0; start < 100_000; start += 1000) {
    await places.add(batchOf(start, 1000));
  }
  expect(await readdir(folder)).toHaveLength(1);
  for (const pair of [0, 32_767, 32_768, 65_536, 98_304, 99_999]) {
    expect(places.find(pair)).toEqual({
      sourceId: pair % 3,
      recordOrdinal: pair,
      physicalLine: pair + 2,
      pairInRecord: pair % 2,
    });
  }
  await places.close();
  await places.close();
  expect(await readdir(folder)).toEqual([]);
});
