import type { DroppedComparison, Pair } from "@dpo-kit/batch";
import { createIssue } from "@dpo-kit/schema";
import { describe, expect, it } from "vitest";
import { combineMadePairs, type MadePairs } from "./made-pairs.ts";
import { outcomeOf } from "./outcome-of.ts";

const at = { source: "-", ordinal: 0 };
const record = { value: { prompt: "?" }, bytes: 14 };

function pair(margin?: number): Pair {
  const input = { messages: [{ role: "user" as const, content: "?" }] };
  const example = { input, preferred_output: [], non_preferred_output: [] };
  return { example, rule: "given", transforms: [], ...(margin === undefined ? {} : { margin }) };
}

function made(pairs: Pair[], dropped: DroppedComparison[]): MadePairs {
  const issues = dropped.flatMap((each) => each.issues ?? []);
  return { considered: pairs.length + dropped.length, pairs, dropped, issues };
}

const identical: DroppedComparison = {
  reason: "identical",
  issues: [createIssue("PAIR_IDENTICAL", { location: at })],
};

describe("outcomeOf", () => {
  it("keeps the pairs, and what was dropped beside them", () => {
    const outcome = outcomeOf(made([pair()], [identical]), { at, record });
    expect(outcome).toEqual({ kind: "pairs", at, pairs: [pair()], dropped: [identical], record });
  });

  it("leaves the record out where none is given", () => {
    expect(outcomeOf(made([pair()], []), { at })).not.toHaveProperty("record");
  });

  it("rejects with all problems where no pair came of it", () => {
    const outcome = outcomeOf(made([], [{ reason: "tie" }, identical]), { at, record });
    expect(outcome).toMatchObject({ kind: "rejected", issues: identical.issues, record });
  });

  it.each(["tie", "margin", "cap", "divergence"] as const)("skips what was dropped as %s", (reason) => {
    expect(outcomeOf(made([], [{ reason }]), { at, record })).toEqual({
      kind: "skipped",
      at,
      reason,
      dropped: [{ reason }],
    });
  });

  it("skips a record in which nothing could be compared", () => {
    expect(outcomeOf(made([], []), { at })).toEqual({
      kind: "skipped",
      at,
      reason: "no-candidates",
      dropped: [],
    });
  });
});

describe("combineMadePairs", () => {
  it("adds up, caps over all parts, and reports a shared problem once", () => {
    const joined = combineMadePairs(
      [made([pair(1), pair()], [identical]), made([pair(3), pair(1)], [identical])],
      { maxPairsPerRecord: 2 },
    );
    expect(joined.pairs.map(({ margin }) => margin)).toEqual([1, 3]);
    expect(joined.dropped.map(({ reason }) => reason)).toEqual(["identical", "identical", "cap", "cap"]);
    expect(joined.considered).toBe(6);
    expect(joined.issues).toHaveLength(1);
  });

  it("of nothing is nothing", () => {
    expect(combineMadePairs([])).toEqual({ considered: 0, pairs: [], dropped: [], issues: [] });
  });
});
