import type { CommandName, OptionDeclaration } from "./option-declaration.ts";

const deduping: readonly CommandName[] = ["convert", "dedupe"];
const splitting: readonly CommandName[] = ["convert", "split"];
const reducing: readonly CommandName[] = ["convert", "dedupe", "split"];

/** The options that say which pairs are taken out, and into which file each of the others goes. */
export const reducingOptions: readonly OptionDeclaration[] = [
  {
    name: "against",
    type: "paths",
    placeholder: "<file>",
    description:
      "Take out pairs whose prompt is in this held-out or benchmark file: of any format that is read, or prompts alone (rows with prompt, question or messages; a .txt with one in each line); may be repeated",
    commands: deduping,
  },
  {
    name: "againstMatch",
    type: "choice",
    choices: ["exact", "normalised", "near"],
    defaultText: "normalised",
    description: "How alike held-out pairs are: the same, but for case and white space, or near duplicates",
    commands: deduping,
  },
  {
    name: "againstOn",
    type: "choice",
    choices: ["prompt", "pair"],
    defaultText: "prompt",
    description: "What is compared with held-out pairs: prompts alone, or prompt and answers together",
    commands: deduping,
  },
  {
    name: "conflicts",
    type: "choice",
    choices: ["keep", "keep-first", "majority", "drop", "error"],
    defaultText: "keep",
    description: "What becomes of pairs that contradict each other: A over B and B over A, or in a circle",
    commands: deduping,
  },
  {
    name: "listConflicts",
    type: "path",
    placeholder: "<file>",
    description: "Write every contradiction as JSON Lines",
    commands: deduping,
  },
  {
    name: "dedupe",
    type: "choice",
    choices: ["off", "exact", "normalised"],
    defaultText: "off; of dpo dedupe exact",
    description:
      "Take out repeated pairs, keeping the first: of equal lines, or also where only case and white space differ",
    commands: deduping,
  },
  {
    name: "near",
    type: "share",
    placeholder: "<0.5-1>",
    description: "Take out pairs at least this alike (Jaccard likeness of their word 5-grams), such as 0.8",
    commands: deduping,
  },
  {
    name: "nearOn",
    type: "choice",
    choices: ["prompt", "answers", "both"],
    defaultText: "both; of --split-by near prompt",
    description: "In which texts near duplicates are alike",
    commands: reducing,
  },
  {
    name: "allowRemoval",
    type: "share",
    placeholder: "<p%>",
    defaultText: "20%",
    description: "Stop if near duplicates would take out more of the pairs than this",
    commands: deduping,
  },
  {
    name: "maxPairsPerPrompt",
    type: "integer",
    placeholder: "<n>",
    description: "Keep at most this many pairs of one prompt: the largest margins, then the first",
    commands: reducing,
  },
  {
    name: "sample",
    type: "allowance",
    placeholder: "<n|p%>",
    description: "Keep this many pairs, or this share, drawn with --seed",
    commands: reducing,
  },
  {
    name: "split",
    type: "splits",
    placeholder: "<name=share,…>",
    defaultText: "none; of dpo split train=0.9,validation=0.1",
    description: "Into which files pairs go, each prompt wholly into one: train=0.8,validation=0.1,test=0.1",
    commands: splitting,
  },
  {
    name: "testSize",
    type: "share",
    placeholder: "<0-1>",
    description: "The same as --split train=1-x,test=x",
    commands: splitting,
  },
  {
    name: "splitBy",
    type: "text",
    placeholder: "<what>",
    defaultText: "prompt",
    description:
      "What stays together in one file: prompt, near (prompts that are alike), conversation (by its first question), source, or a field",
    commands: splitting,
  },
  {
    name: "stratify",
    type: "text",
    placeholder: "<what>",
    description: "Give each file the same mixture of this: source, length, or a field",
    commands: splitting,
  },
  {
    name: "shuffle",
    type: "flag",
    description: "Put the lines of each file into an order drawn with --seed",
    commands: reducing,
  },
  {
    name: "seed",
    type: "integer",
    placeholder: "<n>",
    defaultText: "42",
    description:
      "What splits, samples and shuffles, and the training of a job, are drawn with: the same seed draws the same",
    commands: [...reducing, "export", "tune"],
  },
  {
    name: "memory",
    type: "bytes",
    placeholder: "<size>",
    defaultText: "1GB; of dpo diff 256MB",
    description: "The most that keys may take in memory; more are kept on disk",
    commands: ["convert", "dedupe", "split", "validate", "diff"],
  },
  {
    name: "removed",
    type: "path",
    placeholder: "<file>",
    description: "Where the pairs go that were taken out, instead of beside the output",
    commands: reducing,
  },
];
