import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cohensD, pairedD } from "./cohens-d.ts";
import { describeDistribution } from "./distribution.ts";
import { measureDrift } from "./drift.ts";
import { IntegerHistogram } from "./integer-histogram.ts";
import { momentsOf } from "./moments.ts";
import { signBias } from "./sign-bias.ts";

function histogramOf(values: readonly number[]): IntegerHistogram {
  const histogram = new IntegerHistogram();
  values.forEach((value) => {
    histogram.add(value);
  });
  return histogram;
}

const lengths = fc.array(fc.oneof(fc.nat({ max: 20 }), fc.nat({ max: 1_000_000 })), {
  minLength: 1,
  maxLength: 40,
});

describe("moments", () => {
  it("are those of a small set, by hand", () => {
    // 2, 4, 4, 4, 5, 5, 7, 9: sum 40, squares 232, so (8 · 232 − 1600) / 56 = 32 / 7.
    const moments = momentsOf(histogramOf([2, 4, 4, 4, 5, 5, 7, 9]));
    expect(moments).toEqual({ count: 8, sum: 40, mean: 5, variance: 32 / 7 });
    expect(momentsOf(histogramOf([]))).toEqual({ count: 0, sum: 0, mean: 0, variance: 0 });
    expect(momentsOf(histogramOf([3])).variance).toBe(0);
  });

  it("lose no digit to great numbers", () => {
    const great = 2 ** 40;
    expect(momentsOf(histogramOf([great, great + 1, great + 2])).variance).toBe(1);
  });
});

describe("describeDistribution", () => {
  it("gives exact quantiles: those of the sorted numbers", () => {
    const property = fc.property(lengths, (values) => {
      const sorted = [...values].sort((one, other) => one - other);
      const at = (percent: number): number => sorted[Math.ceil((percent * sorted.length) / 100) - 1]!;
      const described = describeDistribution(histogramOf(values));
      expect(described).toMatchObject({ min: sorted[0], max: sorted.at(-1), median: at(50), p90: at(90) });
      expect([described.p95, described.p99]).toEqual([at(95), at(99)]);
    });
    fc.assert(property);
  });

  it("puts every number into one bin, and no bin at the ends is empty", () => {
    const property = fc.property(lengths, (values) => {
      const { bins } = describeDistribution(histogramOf(values));
      for (const { from, to, count } of bins) {
        expect(count).toBe(values.filter((value) => value >= from && value < to).length);
      }
      expect(bins.reduce((total, { count }) => total + count, 0)).toBe(values.length);
      expect(Math.min(bins[0]!.count, bins.at(-1)!.count)).toBeGreaterThan(0);
    });
    fc.assert(property);
    expect(describeDistribution(histogramOf([0, 1, 5])).bins).toEqual([
      { from: 0, to: 1, count: 1 },
      { from: 1, to: 2, count: 1 },
      { from: 2, to: 4, count: 0 },
      { from: 4, to: 8, count: 1 },
    ]);
  });

  it("of nothing is all 0", () => {
    expect(describeDistribution(histogramOf([]))).toMatchObject({ count: 0, mean: 0, median: 0, bins: [] });
  });
});

describe("cohensD", () => {
  it("is the difference of the means in pooled deviations, by hand", () => {
    // Means 4 and 2, both variances 2 and 1: pooled (2 · 2 + 2 · 1) / 4 = 1.5.
    const first = { count: 3, sum: 12, mean: 4, variance: 2 };
    const second = { count: 3, sum: 6, mean: 2, variance: 1 };
    expect(cohensD(first, second)).toBeCloseTo(2 / Math.sqrt(1.5), 12);
    expect(cohensD(second, first)).toBeCloseTo(-2 / Math.sqrt(1.5), 12);
  });

  it("has no bound where the means differ and nothing varies", () => {
    const still = momentsOf(histogramOf([5, 5]));
    expect(cohensD(still, momentsOf(histogramOf([3, 3])))).toBeNull();
    expect(cohensD(still, still)).toBe(0);
    expect(pairedD(still)).toBeNull();
    expect(pairedD(momentsOf(histogramOf([0, 0])))).toBe(0);
    expect(cohensD(momentsOf(histogramOf([])), momentsOf(histogramOf([])))).toBe(0);
  });
});

describe("signBias", () => {
  it("gives share, Cohen's g and z, by hand", () => {
    // 16 against 9: share 0.64, g 0.14, z = 7 / 5.
    const { share, effect, z } = signBias(16, 9);
    expect(share).toBe(0.64);
    expect(effect).toBeCloseTo(0.14, 12);
    expect(z).toBe(1.4);
    expect(signBias(0, 0)).toMatchObject({ share: 0.5, effect: 0, z: 0 });
  });

  it("is the same in both directions", () => {
    const property = fc.property(fc.nat({ max: 1000 }), fc.nat({ max: 1000 }), (one, other) => {
      expect(signBias(one, other).z).toBe(0 - signBias(other, one).z);
      expect(signBias(one, other).effect).toBeCloseTo(-signBias(other, one).effect, 12);
    });
    fc.assert(property);
  });
});

describe("measureDrift", () => {
  it("is the greatest difference of the cumulative shares, by hand", () => {
    // Shares up to 1: 1/2 and 0; up to 2: 1 and 1/4; up to 3: 1 and 1. The greatest is 3/4.
    expect(measureDrift(histogramOf([1, 2]), histogramOf([2, 3, 3, 3])).ks).toBe(0.75);
    expect(measureDrift(histogramOf([1]), histogramOf([2]))).toEqual({
      ks: 1,
      critical: 1,
      hasDrifted: false,
    });
    expect(measureDrift(histogramOf([]), histogramOf([2]))).toMatchObject({ ks: 0, hasDrifted: false });
  });

  it("is 0 between the same, and 1 between those that do not overlap", () => {
    const property = fc.property(lengths, (values) => {
      const above = values.map((value) => value + 2_000_000);
      expect(measureDrift(histogramOf(values), histogramOf([...values].reverse())).ks).toBe(0);
      expect(measureDrift(histogramOf(values), histogramOf(above)).ks).toBe(1);
    });
    fc.assert(property);
    const many = Array.from({ length: 100 }, (_, index) => index);
    const longer = many.map((value) => value + 30);
    const { ks, hasDrifted } = measureDrift(histogramOf(many), histogramOf(longer));
    expect(ks).toBeCloseTo(0.3, 12);
    expect(hasDrifted).toBe(true);
  });
});
