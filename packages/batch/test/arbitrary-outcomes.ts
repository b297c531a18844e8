import { carryJson, createIssue, type DpoExample, type Location } from "@dpo-kit/schema";
import { arbitraryDpoExample, arbitraryHostileText, arbitraryJson } from "@dpo-kit/testkit";
import fc from "fast-check";
import type { DroppedComparison, OriginalRecord, Outcome, Pair, Provenance } from "../src/index.ts";

/** Any outcome of a converter: valid and invalid pairs, drops of every kind, skips, rejects. */
export function arbitraryOutcome(): fc.Arbitrary<Outcome> {
  const pairs = fc.record({
    kind: fc.constant("pairs" as const),
    at: arbitraryLocation(),
    pairs: fc.array(arbitraryPair(), { minLength: 1, maxLength: 3 }),
    dropped: fc.array(arbitraryDropped(), { maxLength: 2 }),
    record: arbitraryRecord(),
  });
  const skipped = fc.record({
    kind: fc.constant("skipped" as const),
    at: arbitraryLocation(),
    reason: fc.constantFrom("tie", "no-candidates", "__proto__"),
    dropped: fc.array(arbitraryDropped(), { maxLength: 2 }),
  });
  const rejected = fc.record({
    kind: fc.constant("rejected" as const),
    at: arbitraryLocation(),
    issues: fc.constantFrom(
      [issue("PAIR_EMPTY_PROMPT")],
      [issue("PAIR_IDENTICAL"), issue("PAIR_EMPTY_ANSWER")],
    ),
    malformed: fc.boolean(),
    record: arbitraryRecord(),
  });
  return fc.oneof({ weight: 4, arbitrary: pairs }, skipped, rejected);
}

function issue(code: "PAIR_EMPTY_PROMPT" | "PAIR_EMPTY_ANSWER" | "PAIR_IDENTICAL") {
  return createIssue(code, { location: { source: "test.csv", line: 3 } });
}

function arbitraryLocation(): fc.Arbitrary<Location> {
  const place = fc.record({ ordinal: fc.nat(), line: fc.nat() }, { requiredKeys: [] });
  return place.map((known) => ({ source: "test.csv", ...known }));
}

/** A pair of a valid example, or now and then of one whose answers are blank. */
export function arbitraryPair(): fc.Arbitrary<Pair> {
  const example = fc.oneof(
    { weight: 4, arbitrary: arbitraryDpoExample() },
    { weight: 1, arbitrary: arbitraryDpoExample().map(withBlankAnswer) },
  );
  return fc
    .record({
      example,
      rule: fc.constantFrom("given", "best-worst"),
      margin: fc.option(fc.double({ noNaN: true }), { nil: undefined }),
      provenance: fc.option(arbitraryProvenance(), { nil: undefined }),
    })
    .map(({ margin, provenance, ...pair }) => ({
      ...pair,
      transforms: ["role-renamed", "role-renamed"],
      ...(margin === undefined ? {} : { margin }),
      ...(provenance === undefined ? {} : { provenance }),
    }));
}

function withBlankAnswer(example: DpoExample): DpoExample {
  return { ...example, preferred_output: [{ role: "assistant", content: " " }] };
}

function arbitraryProvenance(): fc.Arbitrary<Provenance> {
  const value = fc.oneof(arbitraryHostileText(), fc.integer(), fc.boolean(), fc.constant(null));
  return fc.record({ model: value, annotator: value }, { requiredKeys: [] });
}

function arbitraryDropped(): fc.Arbitrary<DroppedComparison> {
  return fc.constantFrom<DroppedComparison>(
    { reason: "tie" },
    { reason: "margin" },
    { reason: "identical", issues: [issue("PAIR_IDENTICAL")] },
  );
}

function arbitraryRecord(): fc.Arbitrary<OriginalRecord> {
  const carried = fc.constant(carryJson('{"score": 1.0, "id": 12345678901234567890}'));
  return fc.record({ value: fc.oneof(arbitraryJson(), carried), bytes: fc.nat({ max: 5000 }) });
}
