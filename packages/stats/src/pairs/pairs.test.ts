import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { countCharacters } from "./count-characters.ts";
import { FirstPlaces, SHOWN_PLACES } from "./first-places.ts";
import { wordOverlap } from "./word-overlap.ts";
import { wordOverlapBound } from "./word-overlap-bound.ts";

describe("countCharacters", () => {
  it("counts code points", () => {
    const units = fc.array(
      fc.oneof(fc.constantFrom(0xd83d, 0xdc69, 0x61, 0xd800, 0xdfff), fc.nat({ max: 0xffff })),
    );
    const property = fc.property(units, (list) => {
      const text = String.fromCharCode(...list);
      expect(countCharacters(text)).toBe([...text].length);
    });
    fc.assert(property);
  });
});

describe("wordOverlap", () => {
  it.each([
    // 8 words and signs, 7 of them shared: 7 / 9.
    ["It is 4 o'clock in Oslo", "It is 5 o'clock in Oslo", 7 / 9],
    ["a b c", "c b a", 1],
    ["a a", "a", 1 / 2],
    ["", "", 1],
    ["a", "", 0],
    ["東京", "京都", 1 / 3],
  ])("of %j and %j", (one, other, overlap) => {
    expect(wordOverlap(one, other)).toBeCloseTo(overlap, 12);
    expect(wordOverlap(other, one)).toBeCloseTo(overlap, 12);
  });

  it("ends early only where the overlap is below what is asked for", () => {
    const texts = fc.string({ unit: fc.constantFrom("a", "b", " ", "漢"), maxLength: 30 });
    const property = fc.property(
      texts,
      texts,
      fc.double({ min: 0, max: 1, noNaN: true }),
      (one, other, atLeast) => {
        const overlap = wordOverlap(one, other);
        expect(wordOverlap(one, other, atLeast) >= atLeast).toBe(overlap >= atLeast);
      },
    );
    fc.assert(property, { numRuns: 1000 });
  });

  it("takes texts of any length", () => {
    const long = "漢a".repeat(3_000_000);
    expect(wordOverlap(long, "b")).toBe(0);
  });
});

describe("wordOverlapBound", () => {
  it("is never below the overlap, of any texts", () => {
    const signs = fc.string({
      unit: fc.constantFrom("a", "B", "1", "_", ".", " ", "\n", "é", "\u001c"),
      maxLength: 30,
    });
    const texts = fc.oneof(signs, fc.string({ unit: "binary" }));
    const property = fc.property(texts, texts, (one, other) => {
      expect(wordOverlapBound(one, other)).toBeGreaterThanOrEqual(wordOverlap(one, other));
      expect(wordOverlapBound(one, one)).toBe(1);
    });
    fc.assert(property, { numRuns: 2000 });
  });

  it("is the overlap where no two words fall into one slot", () => {
    expect(wordOverlapBound("It is 4 o'clock in Oslo", "It is 5 o'clock in Oslo")).toBeCloseTo(7 / 9, 12);
    expect(wordOverlapBound(`${"x".repeat(64)}yz`, "yz")).toBeCloseTo(1 / 2, 12);
  });
});

describe("FirstPlaces", () => {
  it("keeps the first of all, in whatever order they come", () => {
    const places = fc.uniqueArray(fc.nat({ max: 100 }), { maxLength: 30 });
    const property = fc.property(places, fc.nat({ max: 30 }), (ordinals, cut) => {
      const keep = (list: readonly number[]): FirstPlaces<ReturnType<typeof place>> => {
        const kept = new FirstPlaces<ReturnType<typeof place>>();
        list.forEach((ordinal) => {
          kept.add(place(ordinal));
        });
        return kept;
      };
      const kept = keep(ordinals.slice(cut));
      kept.merge(keep(ordinals.slice(0, cut)));
      const sorted = [...ordinals].sort((one, other) => one - other).slice(0, SHOWN_PLACES);
      expect(kept.list().map(({ ordinal }) => ordinal)).toEqual(sorted);
    });
    fc.assert(property);
  });
});

function place(ordinal: number) {
  return { sourceId: 0, ordinal, line: ordinal + 1, pairInRecord: 0 };
}
