import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createKeyTable } from "./key-table.ts";

/** Keys of few different words, so that many meet in one slot and some are the same. */
const arbitraryKey = fc
  .array(fc.constantFrom(0, 1, 2, 1024, 0xffffffff), { minLength: 4, maxLength: 4 })
  .map((words) => Uint32Array.from(words));

/** A key for each number, all beginning in the same slot of a small table. */
function keyOf(number: number): Uint32Array {
  return Uint32Array.of(number * 1024, number, 0, 0);
}

describe("createKeyTable", () => {
  it("answers as a Map does", () => {
    const property = fc.property(fc.array(arbitraryKey, { maxLength: 300 }), (keys) => {
      const table = createKeyTable();
      const map = new Map<string, number>();
      keys.forEach((key, index) => {
        const name = key.join();
        expect(table.has(key, 0)).toBe(map.has(name));
        expect(table.add(key, 0, index)).toBe(map.get(name) ?? -1);
        map.set(name, map.get(name) ?? index);
        expect(table.size).toBe(map.size);
      });
    });
    fc.assert(property);
  });

  it("finds all its keys again after it has grown many times", () => {
    const table = createKeyTable();
    for (let number = 0; number < 20_000; number += 1) {
      expect(table.add(Uint32Array.of(Math.imul(number, 0x9e3779b1), number, 7, 7), 0, number)).toBe(-1);
    }
    for (let number = 0; number < 20_000; number += 1) {
      expect(table.add(Uint32Array.of(Math.imul(number, 0x9e3779b1), number, 7, 7), 0, 0)).toBe(number);
    }
    expect(table.saturated).toBe(false);
  });

  it("reads a key from the index given, and keeps large numbers", () => {
    const table = createKeyTable();
    table.add(Uint32Array.of(9, 9, 1, 2, 3, 4), 2, 2 ** 52);
    expect(table.add(Uint32Array.of(1, 2, 3, 4), 0, 0)).toBe(2 ** 52);
  });

  it("remembers no more keys when it may not grow, and says so", () => {
    const table = createKeyTable({ maxBytes: 2048 * 24 });
    const most = (2048 * 5) / 8;
    for (let number = 0; number < most; number += 1) {
      table.add(keyOf(number), 0, number);
    }
    expect(table.saturated).toBe(false);
    expect(table.add(keyOf(most), 0, most)).toBe(-1);
    expect(table.saturated).toBe(true);
    expect(table.size).toBe(most);
    expect(table.has(keyOf(most), 0)).toBe(false);
    expect(table.add(keyOf(3), 0, 0)).toBe(3);
  });
});
