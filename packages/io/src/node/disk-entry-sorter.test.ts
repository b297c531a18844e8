import { readdirSync } from "node:fs";
import { join } from "node:path";
import { temporaryFolder } from "@dpo-kit/testkit";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type EntrySorter, memoryEntrySorters } from "../entries/entry-sorter.ts";
import { diskEntrySorters } from "./disk-entry-sorter.ts";

function sortedBy(sorter: EntrySorter, entries: readonly (readonly number[])[]): number[][] {
  for (const entry of entries) {
    sorter.add(Uint32Array.from(entry));
  }
  return Array.from(sorter.sorted(), (entry) => [...entry]);
}

function bruteForce(entries: readonly (readonly number[])[]): number[][] {
  const difference = (left: readonly number[], right: readonly number[]) =>
    left.map((word, at) => word - right[at]!).find((each) => each !== 0) ?? 0;
  return entries.map((entry) => [...entry]).sort(difference);
}

const word = fc.oneof(fc.constantFrom(0, 1, 2047, 2048, 0x7fffffff, 0x80000000, 0xffffffff), fc.nat(0xffff));
const entries = fc
  .integer({ min: 1, max: 4 })
  .chain((width) =>
    fc
      .array(fc.array(word, { minLength: width, maxLength: width }), { maxLength: 200 })
      .map((list) => ({ width, list })),
  );

describe("diskEntrySorters", () => {
  it("sort as memory does, and as brute force, in any number of runs", async () => {
    const directory = await temporaryFolder();
    fc.assert(
      fc.property(entries, fc.integer({ min: 1, max: 2000 }), ({ width, list }, maxBytes) => {
        const onDisk = diskEntrySorters({ directory, maxBytes })(width);
        const inMemory = memoryEntrySorters()(width);
        const expected = bruteForce(list);
        expect(sortedBy(onDisk, list)).toEqual(expected);
        expect(sortedBy(inMemory, list)).toEqual(expected);
        expect(onDisk.count).toBe(list.length);
        onDisk.close();
        expect(readdirSync(directory)).toEqual([]);
      }),
      { numRuns: 40 },
    );
  });

  it("merge runs of more than a buffer, and more runs than can be open at once", async () => {
    const directory = await temporaryFolder();
    const sorter = diskEntrySorters({ directory, maxBytes: 16 * 200 })(2);
    const list = Array.from({ length: 40_000 }, (_, index) => [(index * 2_654_435_761) % 2 ** 32, index]);
    expect(sortedBy(sorter, list)).toEqual(bruteForce(list));
    expect(Array.from(sorter.sorted(), (entry) => entry[1])).toHaveLength(list.length);
    sorter.close();
    sorter.close();
    expect(readdirSync(directory)).toEqual([]);
  });

  it("leave the disk alone while they need none of it", async () => {
    const sorter = diskEntrySorters({ directory: join(await temporaryFolder(), "missing"), maxBytes: 32 })(1);
    sorter.add(Uint32Array.of(2));
    sorter.add(Uint32Array.of(1));
    expect(Array.from(sorter.sorted(), (entry) => entry[0])).toEqual([1, 2]);
  });

  it("say where they cannot write", async () => {
    const sorter = diskEntrySorters({ directory: join(await temporaryFolder(), "missing"), maxBytes: 1 })(1);
    sorter.add(Uint32Array.of(2));
    expect(() => sorter.add(Uint32Array.of(1))).toThrow(expect.objectContaining({ code: "IO_WRITE_FAILED" }));
  });

  it("close their files when nobody reads on", async () => {
    const directory = await temporaryFolder();
    const sorter = diskEntrySorters({ directory, maxBytes: 1 })(1);
    for (let value = 5; value > 0; value -= 1) {
      sorter.add(Uint32Array.of(value));
    }
    const iterator = sorter.sorted();
    expect([...(iterator.next().value as Uint32Array)]).toEqual([1]);
    iterator.return?.();
    sorter.close();
    expect(readdirSync(directory)).toEqual([]);
  });
});
