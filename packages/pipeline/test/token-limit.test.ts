import { createPairBatchEncoder, type PairBatch, verdicts } from "@dpo-kit/batch";
import type { DpoExample } from "@dpo-kit/schema";
import { arbitraryDpoExample } from "@dpo-kit/testkit";
import { createTokenCounter } from "@dpo-kit/tokens";
import fc from "fast-check";
import { expect, test } from "vitest";
import { dedupeFiles, runConversion, runRecipe } from "../src/node.ts";
import { createTokenLimit } from "../src/tokens/create-token-limit.ts";
import { workspace } from "./workspace.ts";

const counter = await createTokenCounter({ encoding: "o200k_base" });

async function batchOf(examples: readonly DpoExample[]): Promise<PairBatch> {
  const checks = { validate: () => [], acceptedBy: () => 0 };
  const encoder = await createPairBatchEncoder({ maxBytes: 2 ** 28, checks });
  examples.forEach((example, ordinal) => {
    const at = { source: "test", ordinal, line: ordinal + 1 };
    encoder.add({ kind: "pairs", at, pairs: [{ example, rule: "given", transforms: [] }], dropped: [] });
  });
  return encoder.flush();
}

test("exactly the pairs go whose input and longer answer have more tokens, whatever the examples", async () => {
  const examples = fc.array(arbitraryDpoExample(), { minLength: 1, maxLength: 6 });
  const property = fc.asyncProperty(examples, fc.integer({ min: 1, max: 200 }), async (list, maxTokens) => {
    const batch = await batchOf(list);
    const { verdict } = createTokenLimit({ counter, maxTokens }).apply(batch, new Uint8Array(list.length));
    const expected = list.map((example) => {
      const { prompt, preferred, nonPreferred } = counter.countExample(example);
      return prompt + Math.max(preferred, nonPreferred) > maxTokens ? verdicts.filtered : verdicts.keep;
    });
    expect([...verdict]).toEqual(expected);
  });
  await fc.assert(property, { numRuns: 150 });
});

/** "word" is one token, and so is " word": an answer of n words has n, and 4 around it. */
const words = (count: number): string => Array.from({ length: count }, () => "word").join(" ");
/** Input: 1 token of text, 1 of its role, 3 around it, 3 for the reply. */
const INPUT = 8;
const table = `prompt,chosen,rejected\nword,${words(10)},no\nword,yes,${words(20)}\nword,${words(30)},no\n`;

test("convert: whole pairs go, with their lines kept, and the ledger balances", async () => {
  const place = await workspace({ "in.csv": table });
  const asked = { inputs: [place.path("in.csv")], output: place.path("train.jsonl") };
  const result = await runConversion({ ...asked, maxTokens: INPUT + 4 + 20, model: "gpt-4o" });
  expect(result.exitCode).toBe(0);
  expect(result.ledgers.pairs).toMatchObject({ total: 3, filtered: new Map([["max-tokens", 1]]) });
  expect(result.plan).toMatchObject({ passes: 1, reducers: [{ id: "max-tokens" }] });
  const kept = await place.readLines("train.jsonl");
  const texts = kept.map((line) => JSON.stringify(line));
  expect(texts.map((text) => text.includes(words(10)))).toEqual([true, true]);
  const removed = await place.readLines("train.removed.jsonl");
  expect(removed).toMatchObject([{ reason: "max-tokens", by: "max-tokens", at: { record: 2, line: 4 } }]);
  expect(JSON.stringify(removed[0]!.line)).toContain(words(30));
  const manifest = await place.readJson("train.manifest.json");
  expect(manifest).toMatchObject({ ledgers: { pairs: { filtered: { "max-tokens": 1 } } } });
});

test("with error nothing is written, and every such pair is listed", async () => {
  const place = await workspace({ "in.csv": table });
  const inputs = [place.path("in.csv")];
  const asked = runConversion({ inputs, output: place.path("train.jsonl"), maxTokens: 20, over: "error" });
  await expect(asked).rejects.toMatchObject({
    code: "TOKENS_OVER_LIMIT",
    message: "3 pairs have more than 20 tokens",
    issues: [2, 3, 4].map((line) => ({ code: "TOKENS_OVER_LIMIT", location: { source: inputs[0], line } })),
  });
  expect(await place.list()).toEqual(["in.csv"]);
  const fits = await runConversion({
    inputs,
    output: place.path("train.jsonl"),
    maxTokens: 99,
    over: "error",
  });
  expect(fits.ledgers.pairs).toMatchObject({ total: 3, filtered: new Map() });
});

test("dedupe takes the same option, before duplicates are looked for; lines stay as they stand", async () => {
  const place = await workspace({ "in.csv": table });
  await runConversion({ inputs: [place.path("in.csv")], output: place.path("all.jsonl") });
  const before = await place.read("all.jsonl");
  await dedupeFiles({
    inputs: [place.path("all.jsonl")],
    output: place.path("short.jsonl"),
    maxTokens: INPUT + 4 + 10,
    dedupe: "off",
  });
  expect(await place.read("short.jsonl")).toBe(before.slice(0, before.indexOf("\n") + 1));
});

test("a recipe has them as keys, for the pairs of all sources", async () => {
  const recipe =
    "version: 1\nsources:\n  - from: in.csv\nmax_tokens: 32\nmodel: gpt-4o\noutput: { dir: out }\n";
  const place = await workspace({ "in.csv": table, "recipe.yaml": recipe });
  const result = await runRecipe(place.path("recipe.yaml"));
  expect(result.ledgers.pairs.filtered).toEqual(new Map([["max-tokens", 1]]));
  expect((await place.readLines("out/removed.jsonl")).map(({ reason }) => reason)).toEqual(["max-tokens"]);
});

test.each([
  [{ maxTokens: 0 }, "--max-tokens 0 leaves nothing"],
  [{ over: "error" as const }, "--over belongs to --max-tokens"],
  [{ model: "gpt-4o" }, "--model belongs to --max-tokens"],
])("%j is refused", async (asked, message) => {
  const place = await workspace({ "in.csv": table });
  const refused = runConversion({ inputs: [place.path("in.csv")], output: place.path("a.jsonl"), ...asked });
  await expect(refused).rejects.toMatchObject({ code: "RUN_OPTION_INVALID", message });
});
