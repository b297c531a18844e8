import fc from "fast-check";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { headOfCard, readCardConfigs } from "./card-configs.ts";
import { isOwnCard } from "./card-mark.ts";
import { textPreferenceFeatures } from "./dataset-features.ts";
import { type CardSplit, type DatasetCard, formatDatasetCard } from "./format-dataset-card.ts";
import { sizeCategory } from "./size-category.ts";

const card: DatasetCard = {
  title: "My\npairs",
  summary: "Pairs of answers.\n",
  provenance: "Made from `a.csv`.",
  license: "cc-by-4.0",
  language: ["no", "en"],
  tags: ["dpo", "helpful"],
};
const splits: CardSplit[] = [
  {
    name: "train",
    files: ["data/train-0.jsonl", "data/train-1.jsonl"],
    examples: 1200,
    bytes: 34,
    exampleBytes: 80,
  },
  { name: "test", files: ["test.jsonl"], examples: 7, bytes: 5 },
];

test("the whole card", async () => {
  const text = await formatDatasetCard({ card, splits, repository: "o/n" });
  expect(text).toBe(`---
license: cc-by-4.0
language:
  - "no"
  - en
pretty_name: My pairs
size_categories:
  - 1K<n<10K
tags:
  - dpo
  - preference
  - helpful
configs:
  - config_name: default
    data_files:
      - split: train
        path:
          - data/train-0.jsonl
          - data/train-1.jsonl
      - split: test
        path: test.jsonl
dataset_info:
  splits:
    - name: train
      num_bytes: 80
      num_examples: 1200
    - name: test
      num_bytes: 5
      num_examples: 7
  download_size: 39
  dataset_size: 85
---

# My pairs

Pairs of answers.

## Splits

| Split | Examples | Files |
| --- | ---: | ---: |
| train | 1200 | 2 |
| test | 7 | 1 |

\`\`\`python
from datasets import load_dataset

dataset = load_dataset("o/n", split="train")
\`\`\`

## Provenance

Made from \`a.csv\`.

${text.split("\n").at(-2)}
`);
  expect(text.split("\n").at(-2)).toMatch(/^<!-- Written by dpo-kit\. Checksum: [0-9a-f]{16} -->$/u);
});

test("features are written as the Hub reads them", async () => {
  const features = textPreferenceFeatures();
  const text = await formatDatasetCard({ card: { ...card, features }, splits, repository: "o/n" });
  expect(text).toContain('        - name: tools\n          sequence: "null"\n');
  expect(parse(headOfCard(text)!).dataset_info.features).toEqual(features);
  expect(JSON.stringify(textPreferenceFeatures({ lean: true }))).not.toContain("tools");
});

test("the reader of cards finds the files that the writer named", async () => {
  const word = fc.stringMatching(/^\w{1,8}$/u);
  const split = fc.record({
    name: word,
    files: fc.array(word, { minLength: 1, maxLength: 3 }),
    examples: fc.nat(),
    bytes: fc.nat(),
  });
  await fc.assert(
    fc.asyncProperty(
      fc.uniqueArray(split, { selector: ({ name }) => name, minLength: 1 }),
      fc.string(),
      async (some, title) => {
        const text = await formatDatasetCard({ card: { ...card, title }, splits: some, repository: "o/n" });
        const [config] = await readCardConfigs(text);
        expect([...config!.patterns!]).toEqual(some.map(({ name, files }) => [name, files]));
        expect(isOwnCard(text)).toBe(true);
      },
    ),
    { numRuns: 50 },
  );
});

test("a changed card is not our own any more", async () => {
  const text = await formatDatasetCard({ card, splits, repository: "o/n" });
  expect(isOwnCard(text)).toBe(true);
  for (const changed of [
    text.replace("Pairs of", "Pears of"),
    `${text}More.`,
    text.slice(0, 200),
    "",
    "# Hi",
  ]) {
    expect(isOwnCard(changed)).toBe(false);
  }
});

test.each(["", "a b", "a-b", "a.", ".a", "a..b", "a/b", "é", "a\n"])(
  "the split name %j is refused",
  async (name) => {
    const promise = formatDatasetCard({ card, splits: [{ ...splits[0]!, name }], repository: "o/n" });
    await expect(promise).rejects.toMatchObject({ code: "HUB_SPLIT_NAME_INVALID" });
  },
);

test("sizes fall into the Hub's buckets", () => {
  expect([0, 999, 1000, 9999, 99_999, 1e6, 1e12].map(sizeCategory)).toEqual([
    "n<1K",
    "n<1K",
    "1K<n<10K",
    "1K<n<10K",
    "10K<n<100K",
    "1M<n<10M",
    "n>1T",
  ]);
});
