import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Comparison } from "./comparison.ts";
import { makePairs } from "./make-pairs.ts";
import type { PairPolicy, PairSelection } from "./pair-policy.ts";

const at = { source: "-" };
const selections = ["best-worst", "best-vs-rest", "adjacent", "all"] as const;
type Order = (typeof selections)[number];

/** Few distinct values, so that ties are common. */
const scores = fc.array(fc.option(fc.integer({ min: -2, max: 3 }), { nil: null }), { maxLength: 7 });

function scored(values: readonly (number | null)[]): Comparison {
  return {
    context: [{ role: "user", content: "?" }],
    candidates: values.map((score, index) => ({
      completion: [{ role: "assistant", content: String(index) }],
      score,
    })),
    verdict: { kind: "scores" },
  };
}

type Edge = readonly [preferred: number, nonPreferred: number];

function edges(values: readonly (number | null)[], policy: PairPolicy): Edge[] {
  return makePairs(scored(values), { at, policy }).pairs.map(({ example }) => {
    const sides = [example.preferred_output, example.non_preferred_output];
    return sides.map((side) => Number(side[0]!.content)) as unknown as Edge;
  });
}

/** What the words of the policies say, by trying every two candidates. */
function oracle(values: readonly (number | null)[], order: Order): Edge[] {
  const level = (index: number) => values[index] as number;
  const known = values.flatMap((value, index) => (value === null ? [] : index));
  const isBest = (index: number) => known.every((other) => level(other) <= level(index));
  const isWorst = (index: number) => known.every((other) => level(other) >= level(index));
  const isFirst = (index: number) => known.every((other) => other >= index || level(other) !== level(index));
  const isLast = (index: number) => known.every((other) => other <= index || level(other) !== level(index));
  const between = (high: number, low: number) =>
    known.some((other) => level(other) < level(high) && level(other) > level(low));
  const rules: Record<Order, (high: number, low: number) => boolean> = {
    "best-worst": (high, low) => isBest(high) && isFirst(high) && isWorst(low) && isLast(low),
    "best-vs-rest": (high) => isBest(high) && isFirst(high),
    adjacent: (high, low) => isFirst(high) && isFirst(low) && !between(high, low),
    all: () => true,
  };
  return known.flatMap((high) =>
    known
      .filter((low) => level(high) > level(low) && rules[order](high, low))
      .map((low) => [high, low] as const),
  );
}

const sorted = (list: readonly Edge[]) => list.map(String).sort();

describe("selections of scores", () => {
  it.each(selections)("%s is what brute force finds", (order) => {
    fc.assert(
      fc.property(scores, (values) => {
        expect(sorted(edges(values, { pairs: order }))).toEqual(sorted(oracle(values, order)));
      }),
    );
  });

  it.each(selections)("%s never pairs what is tied or not scored, and never a pair twice", (order) => {
    fc.assert(
      fc.property(scores, (values) => {
        const found = edges(values, { pairs: order });
        expect(found.every(([high, low]) => (values[high] as number) > (values[low] as number))).toBe(true);
        expect(new Set(found.map(String)).size).toBe(found.length);
      }),
    );
  });

  it("all of reversed scores are the same pairs turned round", () => {
    fc.assert(
      fc.property(scores, (values) => {
        const reversed = values.map((value) => (value === null ? null : -value));
        const turned = edges(reversed, { pairs: "all" }).map(([high, low]) => [low, high] as const);
        expect(sorted(turned)).toEqual(sorted(edges(values, { pairs: "all" })));
      }),
    );
  });

  it("ranks are scores the other way round", () => {
    fc.assert(
      fc.property(scores, fc.constantFrom<PairSelection>("auto", ...selections), (values, pairs) => {
        const asScores = scored(values);
        const asRanks: Comparison = {
          ...asScores,
          verdict: { kind: "ranks" },
          candidates: asScores.candidates.map(({ completion, score }) => ({
            completion,
            rank: typeof score === "number" ? -score : null,
          })),
        };
        const texts = (of: Comparison) =>
          makePairs(of, { at, policy: { pairs } }).pairs.map(({ example, margin }) => ({ example, margin }));
        expect(texts(asRanks)).toEqual(texts(asScores));
      }),
    );
  });

  it("a cap keeps as many as it may, and none with a smaller margin than one it drops", () => {
    fc.assert(
      fc.property(scores, fc.nat({ max: 6 }), (values, maxPairsPerRecord) => {
        const every = edges(values, { pairs: "all" });
        const kept = edges(values, { pairs: "all", maxPairsPerRecord });
        expect(kept).toHaveLength(Math.min(every.length, maxPairsPerRecord));
        const places = kept.map((edge) => every.findIndex((other) => String(other) === String(edge)));
        expect(places).toEqual([...places].sort((a, b) => a - b));
        const margin = ([high, low]: Edge) => (values[high] as number) - (values[low] as number);
        const dropped = every.filter((edge) => !kept.some((other) => String(other) === String(edge)));
        const least = Math.min(...kept.map(margin));
        expect(dropped.every((edge) => margin(edge) <= least)).toBe(true);
      }),
    );
  });

  it("a smallest margin keeps exactly the pairs that reach it", () => {
    fc.assert(
      fc.property(scores, fc.nat({ max: 5 }), (values, value) => {
        const every = edges(values, { pairs: "all" });
        const far = every.filter(
          ([high, low]) => (values[high] as number) - (values[low] as number) >= value,
        );
        expect(edges(values, { pairs: "all", minMargin: { kind: "absolute", value } })).toEqual(far);
      }),
    );
  });

  it("every comparison is accounted for", () => {
    fc.assert(
      fc.property(
        scores,
        fc.constantFrom<PairSelection>("auto", ...selections),
        fc.nat({ max: 3 }),
        fc.constantFrom<"drop" | "error">("drop", "error"),
        (values, pairs, value, ties) => {
          const policy: PairPolicy = {
            pairs,
            ties,
            maxPairsPerRecord: 2,
            minMargin: { kind: "absolute", value },
          };
          const found = makePairs(scored(values), { at, policy });
          expect(found.considered).toBe(found.pairs.length + found.dropped.length);
        },
      ),
    );
  });
});
