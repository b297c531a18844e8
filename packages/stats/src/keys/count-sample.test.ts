import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Counter, CountSample } from "./count-sample.ts";

type Counted = readonly [key: readonly number[], counter: Counter];

/** Few words, so that keys repeat and share their low bits. */
const key = fc.tuple(...Array.from({ length: 4 }, () => fc.constantFrom(0, 1, 2, 8, 0xffff_ffff)));
const counted: fc.Arbitrary<readonly Counted[]> = fc.array(fc.tuple(key, fc.constantFrom<Counter>(0, 1)), {
  maxLength: 150,
});

function sampleOf(list: readonly Counted[], capacity: number): CountSample {
  const sample = new CountSample(capacity);
  for (const [words, counter] of list) {
    sample.add(Uint32Array.from([7, ...words]), 1, counter);
  }
  return sample;
}

const sorted = (sample: CountSample): string[] => [...sample.counts()].map(String).sort();

function expected(list: readonly Counted[]): string[] {
  const counts = new Map<string, [number, number]>();
  for (const [words, counter] of list) {
    const pair = counts.get(String(words)) ?? [0, 0];
    pair[counter] += 1;
    counts.set(String(words), pair);
  }
  return [...counts.values()].map(String).sort();
}

describe("CountSample", () => {
  it("is exact up to its capacity", () => {
    const property = fc.property(counted, (list) => {
      expect(sorted(sampleOf(list, 1000))).toEqual(expected(list));
      expect(sampleOf(list, 1000).weight).toBe(1);
    });
    fc.assert(property);
  });

  it("keeps whole keys that end in zeros, the same in any order and however it is merged", () => {
    const property = fc.property(counted, fc.nat({ max: 150 }), (list, cut) => {
      const whole = sampleOf(list, 9);
      const merged = sampleOf(list.slice(cut), 9);
      merged.merge(sampleOf(list.slice(0, cut), 9));
      for (const one of [sampleOf([...list].reverse(), 9), merged]) {
        expect(sorted(one)).toEqual(sorted(whole));
        expect(one.weight).toBe(whole.weight);
      }
      expect(sorted(whole)).toEqual(expected(list.filter(([words]) => words[0]! % whole.weight === 0)));
    });
    fc.assert(property, { numRuns: 300 });
  });

  it("stands for all keys, in the memory it may take", () => {
    const sample = new CountSample(4096);
    const words = new Uint32Array(4);
    for (let index = 0; index < 60_000; index += 1) {
      words.set([Math.imul(index, 0x9e37_79b1), Math.imul(index, 0x85eb_ca6b), index, 1]);
      sample.add(words, 0);
    }
    const kept = [...sample.counts()].length;
    expect(kept).toBeLessThanOrEqual(4096);
    expect(Math.abs(kept * sample.weight - 60_000) / 60_000).toBeLessThan(0.1);
  });
});
