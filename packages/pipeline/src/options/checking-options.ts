import type { OptionDeclaration } from "./option-declaration.ts";

/** What `dpo validate` does with files of canonical lines. */
export const checkingOptions: readonly OptionDeclaration[] = [
  {
    name: "leakage",
    type: "flag",
    description: "Also check that no prompt is in two of the files",
    commands: ["validate"],
  },
  {
    name: "fix",
    type: "flag",
    description: "Write a mended copy to -o, with a record of every change",
    commands: ["validate"],
  },
  {
    name: "fixDropUnknown",
    type: "flag",
    description: "With --fix: also remove keys that are not known",
    commands: ["validate"],
  },
  {
    name: "maxLineBytes",
    type: "bytes",
    placeholder: "<size>",
    defaultText: "64MiB",
    description: "The longest line that is checked; a longer one is an error",
    commands: ["validate", "dedupe", "split", "stats", "diff", "export"],
  },
];
