import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { countMerged, type TokenRanks } from "./count-merged.ts";
import { countMergedShort } from "./count-merged-short.ts";

/** As the paper describes it: look through all pairs, join the lowest, begin again. */
function countSlowly(piece: string, { byBytes }: TokenRanks): number {
  const parts = [...piece];
  for (;;) {
    const ranks = parts.slice(1).map((part, index) => byBytes.get(parts[index]! + part) ?? Infinity);
    const lowest = Math.min(Infinity, ...ranks);
    if (lowest === Infinity) {
      return parts.length;
    }
    const at = ranks.indexOf(lowest);
    parts.splice(at, 2, parts[at]! + parts[at + 1]!);
  }
}

describe("countMerged and countMergedShort", () => {
  it("join as byte pair encoding is defined, with any vocabulary", () => {
    const letters = fc.string({ unit: fc.constantFrom("a", "b", "c"), maxLength: 64 });
    const tokens = fc.uniqueArray(
      fc.string({ unit: fc.constantFrom("a", "b", "c"), minLength: 2, maxLength: 5 }),
    );
    const property = fc.property(letters, tokens, (piece, list) => {
      const all = ["a", "b", "c", ...list];
      const byBytes = new Map(all.map((token, rank) => [token, rank]));
      const ranks = { byBytes, longest: Math.max(...all.map((token) => token.length)) };
      const count = countSlowly(piece, ranks);
      expect([countMerged(piece, ranks), countMergedShort(piece, ranks)]).toEqual([count, count]);
    });
    fc.assert(property, { numRuns: 2000 });
  });
});
