import { readFileSync } from "node:fs";
import { createKeyHasher, keyText } from "@dpo-kit/batch";
import { expect, it } from "vitest";
import { createDraw } from "../src/drawn-value.ts";
import { createHashSplit, type SplitShare } from "../src/index.ts";
import { writeOpeningKey } from "../src/opening-key.ts";
import { batchesOf } from "./batches.ts";
import { runReducer } from "./run-reducer.ts";

interface PromptVector {
  prompt: string;
  promptKey: string;
  seed: number;
  splitValue: number;
  halves: string;
  threeParts: string;
  sampleValue: number;
  shuffleValues: [number, number];
}

const file = readFileSync(new URL("../fixtures/split-vectors.json", import.meta.url), "utf8");
const { prompts, fields } = JSON.parse(file) as {
  prompts: PromptVector[];
  fields: { value: string; key: string; seed: number; splitValue: number }[];
};
const hasher = await createKeyHasher();

async function partOf(prompt: string, splits: readonly SplitShare[], seed: number) {
  const reducer = await createHashSplit({ splits, seed });
  const [decision] = await runReducer(reducer, await batchesOf([{ prompt }]));
  return reducer.names[decision!.output];
}

it.each(prompts)("the prompt $prompt with seed $seed", async ({ prompt, seed, ...expected }) => {
  const [batch] = await batchesOf([{ prompt }]);
  const keys = batch!.promptKey;
  const opening = new Uint32Array(4);
  writeOpeningKey(hasher, [{ role: "user", content: prompt }], { target: opening, at: 0 });
  const shuffleDraw = createDraw(hasher, "shuffle", seed);
  expect(opening).toEqual(keys);
  expect({
    promptKey: keyText(keys, 0),
    splitValue: hasher.splitValue(keys, 0, seed),
    halves: await partOf(
      prompt,
      [
        { name: "train", ratio: 0.5 },
        { name: "test", ratio: 0.5 },
      ],
      seed,
    ),
    threeParts: await partOf(
      prompt,
      [
        { name: "train", ratio: 0.6 },
        { name: "validation", ratio: 0.2 },
        { name: "test", ratio: 0.2 },
      ],
      seed,
    ),
    sampleValue: createDraw(hasher, "sample", seed)(keys, 0),
    shuffleValues: [shuffleDraw(keys, 0), shuffleDraw(keys, 0, 1)],
  }).toEqual(expected);
});

it.each(fields)("the field value $value", ({ value, key, seed, splitValue }) => {
  const words = new Uint32Array(4);
  hasher.writeKey(new TextEncoder().encode(value), words, 0);
  expect([keyText(words, 0), hasher.splitValue(words, 0, seed)]).toEqual([key, splitValue]);
});
