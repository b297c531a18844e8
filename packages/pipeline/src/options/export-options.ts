import type { OptionDeclaration } from "./option-declaration.ts";

/**
 * What `--to` and `--export` take: the ids of `exportTargets` of `@dpo-kit/export`, which is not loaded for the sake
 * of its names. A test holds them the same.
 */
export const exportTargetNames: readonly string[] = [
  "sft",
  "trl",
  "trl-implicit",
  "trl-standard",
  "kto",
  "llama-factory",
  "llama-factory-alpaca",
  "axolotl",
  "ms-swift",
  "nemo-rl",
  "openpipe",
  "vertex",
  "nova",
  "sagemaker",
  "openai",
  "azure",
  "together",
  "fireworks",
];

/** Other names that targets go by. */
export const exportTargetAliases: readonly string[] = [
  "openai-sft",
  "trl-explicit",
  "unsloth",
  "torchtune",
  "trl-unpaired",
  "sharegpt",
  "alpaca",
  "swift",
  "nemo",
  "gemini",
];

/** What only exports take. */
export const exportOptions: readonly OptionDeclaration[] = [
  {
    name: "export",
    type: "exports",
    placeholder: "<names>",
    choices: exportTargetNames,
    description:
      "Also write what was converted for these trainers, each into a folder of its own in the output: trl, sft, kto and others of docs/exports.md",
    commands: ["convert"],
  },
  {
    name: "to",
    type: "exports",
    placeholder: "<names>",
    choices: exportTargetNames,
    description: `What to export to: ${exportTargetNames.join(", ")}`,
    commands: ["export"],
  },
  {
    name: "fraction",
    type: "share",
    placeholder: "<0-1|p%>",
    description: "Export the pairs of this share of the prompts only, drawn with --seed",
    commands: ["export"],
  },
  {
    name: "complement",
    type: "flag",
    description: "Export the prompts that --fraction with the same seed leaves out",
    commands: ["export"],
  },
  {
    name: "strict",
    type: "flag",
    description:
      "Stop where a target cannot hold something, instead of losing it counted; write nothing then",
    commands: ["export"],
  },
  {
    name: "lastTurnOnly",
    type: "flag",
    description: "Of sft: give earlier turns of the assistant weight 0, so that only the last is trained",
    commands: ["export"],
  },
  {
    name: "byteOrderMark",
    type: "flag",
    description: "Of azure: begin files with a byte order mark, as its documentation asks",
    commands: ["export"],
  },
];
