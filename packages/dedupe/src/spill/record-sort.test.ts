import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createMemorySpill } from "../../test/memory-spill.ts";
import { RecordSort } from "./record-sort.ts";

const shape = { words: 3, keyWords: 2 };

function sort(records: readonly (readonly number[])[], options = {}): number[][] {
  const sorter = new RecordSort(shape, options);
  for (const record of records) {
    sorter.add(Uint32Array.from(record));
  }
  return Array.from(sorter.sorted(), ({ words, at }) => [...words.subarray(at, at + 3)]);
}

function compare(one: readonly number[], other: readonly number[]): number {
  return one[0]! - other[0]! || one[1]! - other[1]!;
}

describe("RecordSort", () => {
  it("sorts by the key, and keeps the order of what has one key", () => {
    const word = fc.constantFrom(0, 1, 2, 2 ** 31, 2 ** 32 - 1);
    const property = fc.property(fc.array(fc.tuple(word, word), { maxLength: 200 }), (keys) => {
      const records = keys.map((key, index) => [...key, index]);
      expect(sort(records)).toEqual(records.toSorted(compare));
    });
    fc.assert(property);
  });

  it("gives the same by way of many runs on disk, and removes them", () => {
    const records = Array.from({ length: 70_000 }, (_, index) => [
      Math.imul(index % 20_000, 0x9e3779b1) >>> 0,
      index % 3,
      index,
    ]);
    const spill = createMemorySpill();
    expect(sort(records, { memory: 20_000, spill })).toEqual(sort(records));
    expect(spill.files.size).toBe(0);
  });

  it("keeps few files open, however little memory it has", () => {
    const records = Array.from({ length: 9_000 }, (_, index) => [index % 7, 0, index]);
    const spill = createMemorySpill();
    const sorter = new RecordSort(shape, { memory: 1, spill });
    let most = 0;
    for (const record of records) {
      sorter.add(Uint32Array.from(record));
      most = Math.max(most, spill.files.size);
    }
    const sorted = Array.from(sorter.sorted(), ({ words, at }) => [...words.subarray(at, at + 3)]);
    expect(sorted).toEqual(records.toSorted(compare));
    expect(most).toBeLessThan(200);
    expect(spill.files.size).toBe(0);
  });

  it("says that its memory is full where it has nowhere to put the rest", () => {
    expect(() => sort([[1, 2, 3]], { memory: 1 })).toThrowError(
      expect.objectContaining({ code: "DEDUPE_MEMORY" }),
    );
  });
});
