import type { OptionDeclaration } from "./option-declaration.ts";

/** What only `dpo push` takes. */
export const pushOptions: readonly OptionDeclaration[] = [
  {
    name: "parquet",
    type: "flag",
    description: "Write Parquet files instead of JSON Lines",
    commands: ["push", "export"],
  },
  {
    name: "create",
    type: "choice",
    choices: ["private", "public"],
    description: "Make the dataset where it is not there yet, seen by its owner or by everybody",
    commands: ["push"],
  },
  {
    name: "message",
    type: "text",
    placeholder: "<text>",
    defaultText: "Add preference pairs with dpo-kit",
    description: "The title of the commit",
    commands: ["push"],
  },
  {
    name: "parent",
    type: "text",
    placeholder: "<commit>",
    description: "Push only if this commit is still the head of the branch",
    commands: ["push"],
  },
  {
    name: "license",
    type: "text",
    placeholder: "<id>",
    description: "The license that the dataset card names, as the Hub spells it: mit, cc-by-4.0",
    commands: ["push"],
  },
  {
    name: "replaceCard",
    type: "flag",
    description: "Replace a dataset card that dpo-kit did not write, or that was changed since",
    commands: ["push"],
  },
];
