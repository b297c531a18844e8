import { issueCodes } from "@dpo-kit/schema";
import { describe, expect, it } from "vitest";
import { collectStatistics, type Finding } from "../src/index.ts";
import { batchOf, type StatedPair } from "./make-batches.ts";

/** So many pairs of each kind, each with a prompt of its own. */
async function findingsOf(...kinds: [number, Omit<StatedPair, "prompt">][]): Promise<readonly Finding[]> {
  const pairs = kinds.flatMap(([count, pair], kind) =>
    Array.from({ length: count }, (_, index) => ({ prompt: `Question ${kind} ${index}`, ...pair })),
  );
  const columns = { preferred: "winner", nonPreferred: "loser" };
  const batch = await batchOf(pairs, ["winner", "loser"]);
  const { findings } = await collectStatistics([batch], { modelColumns: columns });
  return findings;
}

const messages = (findings: readonly Finding[]): string[] =>
  findings.map(({ code, message }) => `${code} ${message}`);

describe("findings", () => {
  it("tell of longer and of shorter preferred answers", async () => {
    const longer = await findingsOf(
      [45, { preferred: "a b c", nonPreferred: "a" }],
      [5, { preferred: "a", nonPreferred: "ab" }],
    );
    // Means 4.6 and 1.1, variances 72/49 and 4.5/49: pooled 76.5/98.
    expect(messages(longer)[0]).toBe(
      "AUDIT_LENGTH_BIAS The preferred answer is the longer one in 45 of 50 pairs (d = 3.96, 4.18 times the characters)",
    );
    const shorter = await findingsOf([50, { preferred: "a", nonPreferred: "a b c" }]);
    expect(messages(shorter)[0]).toContain(
      "is the shorter one in 50 of 50 pairs (d has no bound, 0.20 times",
    );
  });

  it("say nothing of what balances, nor of what chance may give", async () => {
    const even = await findingsOf(
      [20, { preferred: "- a", nonPreferred: "abc" }],
      [20, { preferred: "abc", nonPreferred: "- a" }],
    );
    expect(even).toEqual([]);
    const few = await findingsOf([5, { preferred: "- a", nonPreferred: "abc" }]);
    expect(few).toEqual([]);
  });

  it("tell of format, refusals and first words, on either side", async () => {
    const findings = await findingsOf([40, { preferred: "- So it is", nonPreferred: "I cannot" }]);
    expect(messages(findings).slice(1)).toEqual([
      "AUDIT_FORMAT_BIAS Of 40 pairs in which one answer has a bulleted list, it is the preferred one in 40",
      "AUDIT_REFUSAL_BIAS Of 40 pairs in which one answer has a refusal, it is the preferred one in 0",
      'AUDIT_FIRST_WORD 0 preferred answers begin with "i", and 40 of the others',
      'AUDIT_FIRST_WORD 40 preferred answers begin with "so", and 0 of the others',
    ]);
  });

  it("tell of models that always win", async () => {
    const provenance = { winner: "big", loser: "small" };
    const findings = await findingsOf([30, { preferred: "abc", nonPreferred: "abd", provenance }]);
    expect(messages(findings).filter((one) => one.includes("GROUP"))).toEqual([
      'AUDIT_GROUP_BIAS Of 30 pairs of "big" with another, it is preferred in 30',
      'AUDIT_GROUP_BIAS Of 30 pairs of "small" with another, it is preferred in 0',
    ]);
  });

  it("tell of marks with their places, the graver first, and of secrets by four characters", async () => {
    const secret = `sk-${"a1".repeat(15)}`;
    const words =
      "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen";
    const findings = await findingsOf(
      [1, { preferred: `Use ${secret}`, nonPreferred: "Use your own key!!!!" }],
      [1, { preferred: "Yes<|im_end|>", nonPreferred: "CafÃ© is" }],
      [1, { preferred: `${words} a`, nonPreferred: `${words} b` }],
    );
    expect(findings.map(({ code }) => code)).toEqual([
      "AUDIT_TEMPLATE_RESIDUE",
      "AUDIT_RESERVED_TOKEN",
      "AUDIT_MOJIBAKE",
      "AUDIT_SECRET",
      "AUDIT_NEAR_IDENTICAL",
    ]);
    expect(findings[3]).toMatchObject({
      severity: "warning",
      message: "1 pair holds a key of OpenAI",
      why: issueCodes.AUDIT_SECRET.meaning,
      places: [{ ordinal: 0, line: 1, part: "preferred", found: "sk-a… (33 characters)" }],
    });
    expect(JSON.stringify(findings)).not.toContain(secret.slice(0, 10));
    expect(findings[2]!.places).toMatchObject([{ ordinal: 1, part: "nonPreferred", found: "Ã©" }]);
  });

  it("tell of pairs that trainers cut, from one in a hundred on, and of figures that are lower bounds", async () => {
    const pairs = Array.from({ length: 100 }, (_, index) => ({
      prompt: `Question ${index}`,
      preferred: "abc",
      nonPreferred: "abd",
    }));
    const batch = await batchOf(pairs);
    const tokens = (long: number) => ({
      prompt: pairs.map((_, index) => (index < long ? 1000 : 20)),
      preferred: pairs.map(() => 25),
      nonPreferred: pairs.map(() => 24),
      documented: pairs.map((_, index) => (index === 3 ? 0 : 1)),
    });
    const collect = (long: number) => collectStatistics([batch], { countLines: () => tokens(long) });
    // 1,000 + 25 is above 1,024 by one.
    const two = await collect(2);
    const long = (findings: readonly Finding[]) =>
      messages(findings).filter((one) => one.includes("LONG_PAIRS"));
    expect(long(two.findings)).toEqual([
      "AUDIT_LONG_PAIRS 2 pairs (2.0 %) are above 1,024 tokens, the longest has 1,025",
    ]);
    expect(two.lengths.tokens).toMatchObject({ lowerBounds: 1 });
    expect(two.lengths.tokens!.above[0]).toEqual({ limit: 1024, pairs: 2, share: 0.02 });
    expect(long((await collect(0)).findings)).toEqual([]);
  });

  it("do not take a source to lean another way than itself, where its tokens and its characters do", async () => {
    const batch = await batchOf(
      Array.from({ length: 40 }, (_, index) => ({
        prompt: `Q${index}`,
        preferred: "abc",
        nonPreferred: "ab",
      })),
    );
    const sides = Array.from({ length: 40 }, (_, index) => (index % 2) * 2);
    const countLines = () => ({ prompt: sides, preferred: sides, nonPreferred: sides.map(() => 1) });
    const { findings } = await collectStatistics([batch], { countLines });
    expect(messages(findings).filter((one) => one.includes("LENGTH_BIAS"))).toEqual([]);
  });

  it("tell of duplicates and reversals", async () => {
    const pair = { prompt: "Why?", preferred: "abc", nonPreferred: "abd" };
    const reversed = { ...pair, preferred: "abd", nonPreferred: "abc" };
    const { findings } = await collectStatistics([await batchOf([pair, pair, reversed])]);
    expect(messages(findings)).toEqual([
      "LINE_REVERSED 1 pair is stated both ways round",
      "LINE_DUPLICATE 1 line repeats an earlier one",
    ]);
  });
});
