import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { hashText, KeySample } from "./key-sample.ts";

const addOne = (count: number | undefined): number => (count ?? 0) + 1;
const add = (one: number | undefined, other: number): number => (one ?? 0) + other;

function sampleOf(keys: readonly string[], capacity: number): KeySample<number> {
  const sample = new KeySample<number>(capacity);
  for (const key of keys) {
    sample.update(key, hashText(key), addOne);
  }
  return sample;
}

const keys = fc.array(
  fc.nat({ max: 60 }).map((number) => `key ${number}`),
  { maxLength: 120 },
);

describe("KeySample", () => {
  it("is exact up to its capacity", () => {
    fc.assert(
      fc.property(keys, (list) => {
        const sample = sampleOf(list, 61);
        expect(sample.weight).toBe(1);
        expect(new Map(sample.entries())).toEqual(
          new Map([...new Set(list)].map((key) => [key, list.filter((one) => one === key).length])),
        );
      }),
    );
  });

  it("keeps the same sample in any order and however it is merged, and never more than it may", () => {
    const property = fc.property(keys, fc.nat({ max: 120 }), (list, cut) => {
      const whole = sampleOf(list, 8);
      const reversed = sampleOf([...list].reverse(), 8);
      const merged = sampleOf(list.slice(cut), 8);
      merged.merge(sampleOf(list.slice(0, cut), 8), add);
      for (const one of [reversed, merged]) {
        expect(one.entries()).toEqual(whole.entries());
        expect(one.weight).toBe(whole.weight);
      }
      expect(whole.entries().length).toBeLessThanOrEqual(8);
    });
    fc.assert(property, { numRuns: 300 });
  });

  it("counts each key it keeps completely", () => {
    fc.assert(
      fc.property(keys, (list) => {
        for (const [key, count] of sampleOf(list, 8).entries()) {
          expect(count).toBe(list.filter((one) => one === key).length);
        }
      }),
    );
  });

  it("stands for all keys: projected, it is not far off", () => {
    const many = Array.from({ length: 50_000 }, (_, index) => `prompt ${index}`);
    const sample = sampleOf(many, 4096);
    const projected = sample.entries().length * sample.weight;
    expect(Math.abs(projected - 50_000) / 50_000).toBeLessThan(0.1);
  });

  it("takes names that objects have", () => {
    expect(sampleOf(["__proto__", "constructor", "__proto__"], 5).entries()).toEqual([
      ["__proto__", 2],
      ["constructor", 1],
    ]);
  });
});
