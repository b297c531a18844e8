import type { CommandName, OptionDeclaration } from "./option-declaration.ts";

const filtering: readonly CommandName[] = ["convert", "dedupe", "split"];

/** The options of counting tokens, of `dpo stats` and of `dpo diff`. */
export const statsOptions: readonly OptionDeclaration[] = [
  {
    name: "model",
    type: "text",
    placeholder: "<name>",
    description: "The model that is to be trained, such as gpt-4.1-mini; tokens are counted as it does",
    commands: ["stats", "diff", "tune", ...filtering],
  },
  {
    name: "tokenEncoding",
    type: "text",
    placeholder: "<name>",
    defaultText: "o200k_base",
    description:
      "The encoding that tokens are counted in, where no model is named: o200k_base, cl100k_base, …",
    commands: ["stats", "diff", ...filtering],
  },
  {
    name: "tokens",
    type: "flag",
    defaultText: "on",
    description: "Count tokens; --no-tokens leaves them out, and the cost with them, and is much faster",
    commands: ["stats"],
  },
  {
    name: "maxTokens",
    type: "integer",
    placeholder: "<n>",
    description:
      "Take out pairs of more tokens (the input and the longer answer) whole; answers are never cut",
    commands: filtering,
  },
  {
    name: "over",
    type: "choice",
    choices: ["drop", "error"],
    defaultText: "drop",
    description:
      "What becomes of pairs over --max-tokens: left out, or the end of the run with a list of them",
    commands: filtering,
  },
  {
    name: "epochs",
    type: "automaticWhole",
    placeholder: "<n|auto>",
    defaultText: "1; of dpo tune auto",
    description: "How often training is to go through the data",
    commands: ["stats", "tune"],
  },
  {
    name: "prices",
    type: "path",
    placeholder: "<file>",
    description:
      "Prices in place of the built-in ones: JSON, a list of {provider, model, usdPerMillionTokens, source, asOf}",
    commands: ["stats", "tune"],
  },
  {
    name: "exitCode",
    type: "flag",
    description: "End with 1 where the two are not the same",
    commands: ["diff"],
  },
];
