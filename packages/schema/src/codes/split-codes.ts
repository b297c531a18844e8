import type { CodeDefinition } from "./definition.ts";

/** Codes of splits and samples. */
export type SplitCode = "SPLIT_INVALID" | "SPLIT_FIELD_UNKNOWN";

export const splitCodes: Record<SplitCode, CodeDefinition> = {
  SPLIT_INVALID: {
    kind: "usage",
    severity: "error",
    title: "The split or sample is not possible as it was asked for",
    meaning:
      "A part has an unknown name or stands twice, the ratios do not sum to 1, or a number is out of range.",
    fix: "Give two or three of train, validation and test, with ratios that sum to 1.",
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
};
