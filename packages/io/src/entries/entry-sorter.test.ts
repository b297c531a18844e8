import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { memoryEntrySorters } from "./entry-sorter.ts";
import { readNumber, writeNumber } from "./number-words.ts";

describe("memoryEntrySorters", () => {
  it("throw where more is added than they may hold", () => {
    const sorter = memoryEntrySorters({ maxBytes: 1 })(2);
    sorter.add(Uint32Array.of(1, 2));
    expect(() => sorter.add(Uint32Array.of(1, 2))).toThrow(
      expect.objectContaining({ code: "IO_SORT_LIMIT" }),
    );
  });

  it("take a copy, from where they are told", () => {
    const sorter = memoryEntrySorters()(1);
    const words = Uint32Array.of(9, 4, 7);
    sorter.add(words, 1);
    words[1] = 0;
    expect([...sorter.sorted()].map((entry) => [...entry])).toEqual([[4]]);
    sorter.close();
    expect(sorter.count).toBe(0);
  });
});

describe("writeNumber", () => {
  it("keeps numbers and their order", () => {
    fc.assert(
      fc.property(fc.maxSafeNat(), fc.maxSafeNat(), (one, other) => {
        const words = new Uint32Array(4);
        writeNumber(words, 0, one);
        writeNumber(words, 2, other);
        expect([readNumber(words, 0), readNumber(words, 2)]).toEqual([one, other]);
        const order = words[0]! - words[2]! || words[1]! - words[3]!;
        expect(Math.sign(order)).toBe(Math.sign(one - other));
      }),
    );
  });
});
