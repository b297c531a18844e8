import type { CommandName, OptionDeclaration } from "./option-declaration.ts";

const reading: readonly CommandName[] = ["convert", "inspect", "init"];

/** How chat logs and the exports of annotation tools become pairs. */
export const chatOptions: readonly OptionDeclaration[] = [
  {
    name: "signals",
    type: "text",
    placeholder: "<names>",
    defaultText: "default",
    description:
      "What makes pairs of chat logs: default, all, or some of vote, rank, thumbs, correction, score, edit, thumbs-one-sided, parallel, kept, swipe, judge, thumbs-unknown-context",
    commands: reading,
  },
  {
    name: "toolTurns",
    type: "choice",
    choices: ["drop", "native"],
    defaultText: "drop",
    description:
      "What becomes of answers in chat logs that used tools: left out, or kept where their calls can be written",
    commands: reading,
  },
  {
    name: "media",
    type: "choice",
    choices: ["skip", "marker"],
    defaultText: "skip",
    description: "What becomes of pairs in chat logs with images or files: left out, or a marker for each",
    commands: reading,
  },
  {
    name: "taskFields",
    type: "names",
    placeholder: "<prompt,first,second,…>",
    description:
      "Of annotation tools whose fields have other names: the field that is the prompt, then the answers as they were shown",
    commands: reading,
  },
  {
    name: "keepReasoning",
    type: "flag",
    description: "Keep the reasoning in answers of chat logs, between <think> tags",
    commands: reading,
  },
  {
    name: "unpaired",
    type: "path",
    placeholder: "<file>",
    description: "Write answers that were judged alone, and cannot be paired, as KTO lines",
    commands: ["convert"],
  },
];
