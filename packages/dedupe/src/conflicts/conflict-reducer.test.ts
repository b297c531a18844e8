import { keyText } from "@dpo-kit/batch";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { makeBatches, type StatedPair } from "../../test/make-batches.ts";
import { createMemorySpill } from "../../test/memory-spill.ts";
import { type Decision, runReducer } from "../../test/run-reducer.ts";
import { type Conflict, formatConflict } from "./conflict.ts";
import type { ConflictOptions, ConflictPolicy } from "./conflict-options.ts";
import { createConflictReducer } from "./conflict-reducer.ts";

/** `p: A>B` says that under the prompt p the answer A is preferred to B. */
function parsePairs(text: string): StatedPair[] {
  return text
    .trim()
    .split(/\s*,\s*/)
    .map((pair) => {
      const [, prompt, preferred, nonPreferred] = /^(\w+): (\w+)>(\w+)$/.exec(pair)!;
      return { prompt: prompt!, preferred: preferred!, nonPreferred: nonPreferred! };
    });
}

async function decide(pairs: readonly StatedPair[], options: ConflictOptions, sizes: readonly number[] = []) {
  const reducer = await createConflictReducer(options);
  const decision = await runReducer(reducer, await makeBatches(pairs, sizes));
  return { ...decision, counts: reducer.counts };
}

/** The numbers of the pairs that go. */
function gone({ verdicts }: Decision): number[] {
  return [...verdicts.keys()].filter((pair) => verdicts[pair] === 2);
}

const none = { "same-answer": 0, contradiction: 0, cycle: 0 };

describe("createConflictReducer", () => {
  it.each<[string, string, Record<string, number>, Record<Exclude<ConflictPolicy, "error">, number[]>]>([
    ["a ranking", "p: A>B, p: B>C, p: A>C", none, { keep: [], "keep-first": [], majority: [], drop: [] }],
    [
      "a contradiction",
      "p: A>B, p: C>D, p: B>A, q: B>A",
      { ...none, contradiction: 1 },
      { keep: [], "keep-first": [2], majority: [0, 2], drop: [0, 2] },
    ],
    [
      "an outvoted pair",
      "p: B>A, p: A>B, p: A>B",
      { ...none, contradiction: 1 },
      { keep: [], "keep-first": [1, 2], majority: [0], drop: [0, 1, 2] },
    ],
    [
      "a cycle",
      "p: A>B, p: B>C, p: C>A, p: A>D",
      { ...none, cycle: 1 },
      { keep: [], "keep-first": [], majority: [0, 1, 2], drop: [0, 1, 2] },
    ],
    [
      "a cycle with a weakest link",
      "p: A>B, p: B>C, p: C>A, p: A>B, p: B>C",
      { ...none, cycle: 1 },
      { keep: [], "keep-first": [], majority: [2], drop: [0, 1, 2, 3, 4] },
    ],
    [
      "a cycle over a contradiction",
      "p: A>B, p: B>A, p: B>C, p: C>A",
      { ...none, contradiction: 1, cycle: 1 },
      { keep: [], "keep-first": [1], majority: [0, 1], drop: [0, 1, 2, 3] },
    ],
    [
      "the same answer",
      "p: Yes>YES, p: A>B",
      { ...none, "same-answer": 1 },
      { keep: [], "keep-first": [0], majority: [0], drop: [0] },
    ],
  ])("settles %s by each policy", async (_name, text, counts, byPolicy) => {
    for (const [policy, expected] of Object.entries(byPolicy)) {
      const decision = await decide(parsePairs(text), { policy: policy as ConflictPolicy });
      expect([policy, gone(decision)]).toEqual([policy, expected]);
      if (policy !== "keep-first") {
        expect(decision.counts).toEqual(counts);
      }
    }
  });

  it("names the pair that stays where a majority or an earlier pair decides", async () => {
    const pairs = parsePairs("p: B>A, p: A>B, p: A>B");
    const kept = async (policy: ConflictPolicy) => [...(await decide(pairs, { policy })).insteadOf];
    expect((await decide(pairs, { policy: "keep-first" })).counts).toEqual({ ...none, contradiction: 2 });
    expect(await kept("majority")).toEqual([[0, { kept: 1 }]]);
    expect(await kept("keep-first")).toEqual([
      [1, { kept: 0 }],
      [2, { kept: 0 }],
    ]);
  });

  it("lists conflicts with the places and lines of their pairs", async () => {
    const pairs = parsePairs("p: A>B, q: A>B, p: b>a");
    const batches = await makeBatches(pairs);
    const listed: Conflict[] = [];
    const reducer = await createConflictReducer({
      policy: "keep",
      sources: ["votes.csv"],
      onConflict: (conflict) => void listed.push(conflict),
    });
    await runReducer(reducer, batches);
    expect(listed).toMatchObject([
      {
        kind: "contradiction",
        promptKey: keyText(batches[0]!.promptKey, 0),
        pairCount: 2,
        pairs: [
          { number: 0, at: { source: "votes.csv", ordinal: 0, line: 1 } },
          { number: 2, at: { source: "votes.csv", ordinal: 2, line: 3 } },
        ],
      },
    ]);
    const parsed = JSON.parse(formatConflict(listed[0]!));
    expect(parsed.pairs[1].line.preferred_output[0].content).toBe("b");
    expect(parsed).toMatchObject({ kind: "contradiction", pairCount: 2 });
  });

  it("stops at any conflict under the policy error, and says where", async () => {
    await expect(decide(parsePairs("p: A>B, p: B>A"), { policy: "error" })).rejects.toMatchObject({
      code: "DEDUPE_CONFLICT",
      location: { line: 1 },
      issues: [{ code: "DEDUPE_CONFLICT" }],
    });
    expect(gone(await decide(parsePairs("p: A>B, p: A>C"), { policy: "error" }))).toEqual([]);
  });

  it("does not look at pairs that are gone already", async () => {
    const batches = await makeBatches(parsePairs("p: A>B, p: B>A"));
    for (const policy of ["keep-first", "drop"] as const) {
      const decision = await runReducer(await createConflictReducer({ policy }), batches, [1]);
      expect(decision.verdicts[1]).toBe(0);
    }
  });
});

const arbitraryPairs = fc.array(
  fc
    .record({
      prompt: fc.constantFrom("p", "q"),
      preferred: fc.constantFrom("A", "B", "C", "D", "a"),
      nonPreferred: fc.constantFrom("A", "B", "C", "D", "a"),
    })
    .filter(({ preferred, nonPreferred }) => preferred !== nonPreferred),
  { minLength: 1, maxLength: 14 },
);

/** Whether a chain of pairs leads from the pair's worse answer to its better one. */
function isOnCycle(pair: StatedPair, pairs: readonly StatedPair[]): boolean {
  const reached = new Set([pair.nonPreferred.toLowerCase()]);
  for (let size = -1; size !== reached.size; ) {
    size = reached.size;
    for (const { prompt, preferred, nonPreferred } of pairs) {
      if (prompt === pair.prompt && reached.has(preferred.toLowerCase())) {
        reached.add(nonPreferred.toLowerCase());
      }
    }
  }
  return reached.has(pair.preferred.toLowerCase());
}

/** The kept pairs as sorted texts. */
async function keptTexts(pairs: readonly StatedPair[], policy: ConflictPolicy): Promise<string[]> {
  const { verdicts } = await decide(pairs, { policy });
  return pairs
    .filter((_, pair) => verdicts[pair] === 0)
    .map((pair) => JSON.stringify(pair))
    .sort();
}

describe("the policies, on any pairs", () => {
  it("drop takes out what lies on a cycle, as brute force finds it", async () => {
    const property = fc.asyncProperty(arbitraryPairs, async (pairs) => {
      const expected = [...pairs.keys()].filter((pair) => isOnCycle(pairs[pair]!, pairs));
      expect(gone(await decide(pairs, { policy: "drop" }))).toEqual(expected);
    });
    await fc.assert(property);
  });

  it("majority leaves no conflict, takes out nothing but conflicts, and only what is not ahead", async () => {
    const property = fc.asyncProperty(arbitraryPairs, async (pairs) => {
      const removed = new Set(gone(await decide(pairs, { policy: "majority" })));
      const left = pairs.filter((_, pair) => !removed.has(pair));
      expect(left.filter((pair) => isOnCycle(pair, left))).toEqual([]);
      for (const pair of removed) {
        expect(isOnCycle(pairs[pair]!, pairs)).toBe(true);
      }
    });
    await fc.assert(property);
  });

  it("keep-first leaves no contradiction, and takes out only what contradicts an earlier pair it keeps", async () => {
    const opposes = (one: StatedPair, other: StatedPair) =>
      one.prompt === other.prompt &&
      one.preferred.toLowerCase() === other.nonPreferred.toLowerCase() &&
      one.nonPreferred.toLowerCase() === other.preferred.toLowerCase();
    const property = fc.asyncProperty(arbitraryPairs, async (pairs) => {
      const removed = gone(await decide(pairs, { policy: "keep-first" }));
      const kept: StatedPair[] = [];
      const expected: number[] = [];
      pairs.forEach((pair, number) => {
        if (opposes(pair, pair) || kept.some((earlier) => opposes(earlier, pair))) {
          expected.push(number);
        } else {
          kept.push(pair);
        }
      });
      expect(removed).toEqual(expected);
    });
    await fc.assert(property);
  });

  it.each(["keep", "majority", "drop"] as const)("%s does not depend on the order", async (policy) => {
    const shuffled = arbitraryPairs.chain((pairs) =>
      fc.tuple(
        fc.constant(pairs),
        fc.shuffledSubarray(pairs, { minLength: pairs.length, maxLength: pairs.length }),
      ),
    );
    const property = fc.asyncProperty(shuffled, async ([pairs, others]) => {
      expect(await keptTexts(others, policy)).toEqual(await keptTexts(pairs, policy));
    });
    await fc.assert(property, { numRuns: 60 });
  });

  it("any batches and any memory give the same", async () => {
    const sizes = fc.array(fc.integer({ min: 1, max: 4 }), { maxLength: 6 });
    const policies = fc.constantFrom<ConflictPolicy>("keep", "keep-first", "majority", "drop");
    const property = fc.asyncProperty(arbitraryPairs, sizes, policies, async (pairs, cut, policy) => {
      const spill = createMemorySpill();
      const expected = await decide(pairs, { policy });
      expect(await decide(pairs, { policy }, cut)).toEqual(expected);
      expect(await decide(pairs, { policy, memory: 400, spill }, cut)).toEqual(expected);
      expect(spill.files.size).toBe(0);
    });
    await fc.assert(property, { numRuns: 60 });
  });
});

it("holds a long cycle without running out of stack", async () => {
  const length = 30_000;
  const pairs = Array.from({ length }, (_, answer) => ({
    prompt: "p",
    preferred: `answer ${answer}`,
    nonPreferred: `answer ${(answer + 1) % length}`,
  }));
  const listed: Conflict[] = [];
  const onConflict = (conflict: Conflict) => void listed.push(conflict);
  const decision = await decide(pairs, { policy: "drop", onConflict });
  expect(gone(decision)).toHaveLength(length);
  expect(listed).toMatchObject([{ kind: "cycle", pairCount: length }]);
  expect(listed[0]!.pairs).toHaveLength(100);
});
