import type { CommandName, OptionDeclaration } from "./option-declaration.ts";

const reading: readonly CommandName[] = ["convert", "inspect", "init"];

/** How records become pairs. */
export const pairOptions: readonly OptionDeclaration[] = [
  {
    name: "columns",
    type: "columns",
    placeholder: "<role=name,…>",
    description:
      "Which column is what: prompt=…,preferred=…,non_preferred=…,system=…,messages=…,tools=…; may be repeated",
    commands: reading,
  },
  {
    name: "system",
    type: "text",
    placeholder: "<text>",
    description: "A system message for every pair",
    commands: reading,
  },
  {
    name: "promptTemplate",
    type: "template",
    placeholder: "<template>",
    description: "Composes the prompt of columns: '{title}\\n\\n{body}'",
    commands: reading,
  },
  {
    name: "verdict",
    type: "text",
    placeholder: "<column:value=meaning,…>",
    description:
      "What a verdict column says: label:1=first,2=second,0=tie; only the column where its values are known",
    commands: reading,
  },
  {
    name: "score",
    type: "text",
    placeholder: "<column>",
    description: "The column, or the field of each candidate, whose number decides; higher is better",
    commands: reading,
  },
  {
    name: "gatherBy",
    type: "names",
    placeholder: "<columns>",
    description: "Which columns tell that rows belong together, where each row holds one answer",
    commands: reading,
  },
  {
    name: "pairs",
    type: "choice",
    choices: ["auto", "best-worst", "best-vs-rest", "adjacent", "all"],
    defaultText: "auto",
    description: "Which pairs are made of several answers",
    commands: reading,
  },
  {
    name: "minMargin",
    type: "margin",
    placeholder: "<n|n%|nx>",
    description:
      "Leave out pairs whose scores differ by less; a percentage is of the scale, 2x asks for twice the score. Of chat logs 20% unless given",
    commands: reading,
  },
  {
    name: "maxPairsPerRecord",
    type: "integer",
    placeholder: "<n>",
    description: "Keep at most this many pairs of one record: the largest margins, then the first",
    commands: reading,
  },
  {
    name: "ties",
    type: "choice",
    choices: ["drop", "error"],
    defaultText: "drop",
    description: "What a tie is: left out, or an error",
    commands: reading,
  },
  {
    name: "onDivergence",
    type: "choice",
    choices: ["drop", "first-turn"],
    defaultText: "drop",
    description: "What becomes of two conversations that part before their last answer",
    commands: reading,
  },
  {
    name: "promptDelimiter",
    type: "text",
    placeholder: "<text>",
    description: "The text that ends the prompt, where prompt and answer are one text",
    commands: reading,
  },
];
