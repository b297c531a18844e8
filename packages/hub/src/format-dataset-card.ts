import { DataError } from "@dpo-kit/schema";
import { markCard } from "./card-mark.ts";
import type { DatasetFeature } from "./dataset-features.ts";
import { sizeCategory } from "./size-category.ts";

/** What a dataset card says of the whole. */
export interface DatasetCard {
  /** The heading. */
  title: string;
  /** Markdown: what the data is. */
  summary: string;
  /** Markdown: where it comes from and how it was made. */
  provenance: string;
  /** An identifier of https://huggingface.co/docs/hub/repositories-licenses. Default: none is said. */
  license?: string;
  /** ISO 639-1 codes. */
  language?: readonly string[];
  /** Beside `dpo` and `preference`. */
  tags?: readonly string[];
  /** Default: none; the Hub finds them itself. */
  features?: readonly DatasetFeature[];
}

/** A split as the card lists it. */
export interface CardSplit {
  /** Words of letters, digits and underscores, joined by dots. */
  name: string;
  /** Their paths in the dataset, in order. */
  files: readonly string[];
  /** Lines in all files. */
  examples: number;
  /** Of all files together. */
  bytes: number;
  /** Of the examples in them, unpacked. Default: those of the files. */
  exampleBytes?: number;
}

/** A card and what it describes. */
export interface DatasetCardInput {
  card: DatasetCard;
  splits: readonly CardSplit[];
  /** `owner/name`. */
  repository: string;
}

/**
 * Writes a dataset card: its YAML names the files of each split, the features, the size and the tags
 * (https://huggingface.co/docs/hub/datasets-cards), its text the summary and the provenance. The same input gives the
 * same bytes. The last line is a mark by which a later push knows the card as its own.
 *
 * @throws HUB_SPLIT_NAME_INVALID
 */
export async function formatDatasetCard(input: DatasetCardInput): Promise<string> {
  for (const { name } of input.splits) {
    checkSplitName(name);
  }
  const { stringify } = await import("yaml");
  // Words such as `no` are true or false to readers of YAML 1.1, and are quoted for them.
  const head = stringify(headOf(input), { version: "1.1", lineWidth: 0, aliasDuplicateObjects: false });
  return markCard(`---\n${head}---\n\n${bodyOf(input)}`);
}

/**
 * Checks the name of a split against the rule of https://github.com/huggingface/datasets/blob/main/src/datasets/naming.py.
 * @throws HUB_SPLIT_NAME_INVALID
 */
export function checkSplitName(name: string): void {
  if (!/^\w+(?:\.\w+)*$/.test(name)) {
    throw new DataError("HUB_SPLIT_NAME_INVALID", {
      message: `The Hub takes no split of the name ${JSON.stringify(name.slice(0, 200))}`,
    });
  }
}

function headOf({ card, splits }: DatasetCardInput): object {
  const { license, language, tags = [], features, title } = card;
  const examples = splits.reduce((sum, split) => sum + split.examples, 0);
  return {
    ...(license === undefined ? {} : { license }),
    ...(language === undefined ? {} : { language }),
    pretty_name: oneLine(title),
    size_categories: [sizeCategory(examples)],
    tags: [...new Set(["dpo", "preference", ...tags])],
    configs: [
      {
        config_name: "default",
        data_files: splits.map(({ name, files }) => ({
          split: name,
          path: files.length === 1 ? files[0] : files,
        })),
      },
    ],
    dataset_info: {
      ...(features === undefined ? {} : { features }),
      splits: splits.map((split) => ({
        name: split.name,
        num_bytes: exampleBytesOf(split),
        num_examples: split.examples,
      })),
      download_size: splits.reduce((sum, { bytes }) => sum + bytes, 0),
      dataset_size: splits.reduce((sum, split) => sum + exampleBytesOf(split), 0),
    },
  };
}

function exampleBytesOf({ bytes, exampleBytes = bytes }: CardSplit): number {
  return exampleBytes;
}

function bodyOf({ card, splits, repository }: DatasetCardInput): string {
  const rows = splits.map(({ name, examples, files }) => `| ${name} | ${examples} | ${files.length} |`);
  return `# ${oneLine(card.title)}

${card.summary.trim()}

## Splits

| Split | Examples | Files |
| --- | ---: | ---: |
${rows.join("\n")}

\`\`\`python
from datasets import load_dataset

dataset = load_dataset("${repository}", split="${splits[0]?.name ?? "train"}")
\`\`\`

## Provenance

${card.provenance.trim()}

`;
}

function oneLine(text: string): string {
  return text.replace(/\s+/gu, " ").trim();
}
