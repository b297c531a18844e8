import type { OptionDeclaration } from "./option-declaration.ts";

/** How much is done, and of how much at a time. */
export const runningOptions: readonly OptionDeclaration[] = [
  {
    name: "jobs",
    type: "integer",
    placeholder: "<n>",
    defaultText: "as many as the machine has cores",
    description: "How many sources are read at a time; the outputs are the same for any number",
    commands: ["run"],
  },
  {
    name: "plan",
    type: "flag",
    description: "Print what would be done, and what would be lost or is done already; write nothing",
    commands: ["run", "export"],
  },
  {
    name: "dryRun",
    type: "flag",
    description: "Print the plan, or what would be sent; write and send nothing",
    commands: ["convert", "push", "tune"],
  },
];
