import fc from "fast-check";
import { expect, test } from "vitest";
import { createRandom } from "./random.ts";

/** The algorithm once more, in unbounded integers, as its author writes it. */
function referenceSfc32(seed: bigint, count: number): number[] {
  const word = (value: bigint) => value & 0xffffffffn;
  let [a, b, c, counter] = [word(seed), word(seed >> 32n), 0n, 1n];
  const values: number[] = [];
  for (let turn = 0; turn < count + 12; turn += 1) {
    const result = word(a + b + counter);
    counter = word(counter + 1n);
    a = b ^ (b >> 9n);
    b = word(c + (c << 3n));
    c = word(word((c << 21n) | (c >> 11n)) + result);
    values.push(Number(result));
  }
  return values.slice(12);
}

test("gives what sfc32 gives", () => {
  fc.assert(
    fc.property(fc.maxSafeNat(), (seed) => {
      const random = createRandom(seed);
      expect(Array.from({ length: 20 }, () => random.next())).toEqual(referenceSfc32(BigInt(seed), 20));
    }),
  );
});

test("integers reach both ends and nothing beyond", () => {
  const random = createRandom(7);
  const seen = new Set(Array.from({ length: 2_000 }, () => random.integer(-2, 2)));
  expect([...seen].sort((left, right) => left - right)).toEqual([-2, -1, 0, 1, 2]);
});

test("a chance is met about as often as it says", () => {
  const random = createRandom(1);
  const hits = Array.from({ length: 20_000 }, () => random.chance(0.1)).filter(Boolean).length;
  expect(hits / 20_000).toBeCloseTo(0.1, 1);
});
