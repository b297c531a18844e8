import type { CodeDefinition } from "./definition.ts";

/** Codes of splits and samples. */
export type SplitCode =
  | "SPLIT_INVALID"
  | "SPLIT_FIELD_UNKNOWN"
  | "SPLIT_TOO_FEW"
  | "SPLIT_SHORT"
  | "SPLIT_TOO_MANY_PROMPTS"
  | "SPLIT_LEAK";

export const splitCodes: Record<SplitCode, CodeDefinition> = {
  SPLIT_INVALID: {
    kind: "usage",
    severity: "error",
    title: "The split or sample is not possible as it was asked for",
    meaning:
      "A part has an unknown name or stands twice, the ratios do not sum to 1, or a number is out of range.",
    fix: "Give two or three of train, validation and test with ratios that sum to 1; counts and seeds are whole numbers.",
    example: "dpo split pairs.jsonl -o out/ --split train=0.9,validation=0.2",
    source: "packages/split/README.md",
  },
  SPLIT_FIELD_UNKNOWN: {
    kind: "usage",
    severity: "error",
    title: "There is no such field to split by",
    meaning: "Fields come from the records of the input, or from the provenance file beside canonical lines.",
    fix: "Name a field that the input has, or split by prompt.",
    example:
      "dpo split pairs.jsonl -o out/ --split train=0.9,test=0.1 --split-by topic, without pairs.provenance.jsonl",
    source: "packages/split/README.md",
  },
  SPLIT_TOO_FEW: {
    kind: "refusal",
    severity: "error",
    title: "There are fewer pairs than the split asks for",
    meaning: "The counts of the parts sum to more than what is left after duplicates and filters.",
    fix: "Ask for less, or split by ratio.",
    example: "dpo split pairs.jsonl -o out/ --split train=rest,validation=500, of 300 pairs",
    source: "packages/split/README.md",
  },
  SPLIT_SHORT: {
    kind: "note",
    severity: "warning",
    title: "A part of the split has fewer pairs than asked for",
    meaning:
      "The pairs of one prompt are never parted, and no prompt that is left is small enough to fill it up.",
    fix: "Nothing must be done; ask for a multiple of the pairs per prompt if the number matters.",
    example: "validation=502, where every prompt has 4 pairs: it gets 500",
    source: "packages/split/README.md",
  },
  SPLIT_TOO_MANY_PROMPTS: {
    kind: "refusal",
    severity: "error",
    title: "The prompts to be split with their near duplicates do not fit into memory",
    meaning:
      "Near duplicates connect prompts across the whole input, so the keys of all must be held at once.",
    fix: "Raise --memory, or split by prompt, which needs none.",
    example: "dpo split pairs.jsonl -o out/ --split-by near --memory 1MB, of a million prompts",
    source: "packages/split/README.md",
  },
  SPLIT_LEAK: {
    kind: "rule",
    severity: "error",
    title: "Prompts of one file are in another too",
    meaning:
      "What a model was trained on says nothing about how it does on prompts it has not seen: the evaluation is too good.",
    fix: "Join the files and split them by prompt with `dpo split`.",
    example: "dpo validate --leakage train.jsonl test.jsonl, where a prompt is in both",
    source: "https://arxiv.org/abs/2311.04850",
  },
};
