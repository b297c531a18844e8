import { type CommandName, commandNames, type OptionDeclaration } from "./option-declaration.ts";

const running: readonly CommandName[] = ["convert", "validate", "dedupe", "split"];

/** How a command speaks, and what it may replace. */
export const reportingOptions: readonly OptionDeclaration[] = [
  {
    name: "force",
    type: "flag",
    description: "Replace outputs that are already there",
    commands: [...running, "stats", "export", "tune", "run", "init"],
  },
  {
    name: "issues",
    type: "path",
    placeholder: "<file>",
    description: "Write every issue as JSON Lines",
    commands: [...running, "stats"],
  },
  {
    name: "sarif",
    type: "path",
    placeholder: "<file>",
    description: "Write up to 5,000 issues as SARIF 2.1.0, for code review tools",
    commands: running,
  },
  {
    name: "json",
    type: "flag",
    description: "Print one JSON object instead of the summary",
    commands: commandNames.filter((name) => name !== "init" && name !== "completion"),
  },
  {
    name: "quiet",
    type: "flag",
    short: "q",
    description: "Print nothing but errors",
    commands: ["convert", "validate", "dedupe", "split", "stats", "diff", "export", "push", "tune", "run"],
  },
  {
    name: "progress",
    type: "flag",
    defaultText: "on a terminal",
    description: "Show a progress bar; --no-progress leaves it out",
    commands: [...running, "stats", "diff", "export", "push", "tune", "run"],
  },
  {
    name: "color",
    type: "flag",
    defaultText: "on a terminal",
    description: "Use colours; --no-color leaves them out, as NO_COLOR does",
    commands: commandNames.filter((name) => name !== "completion"),
  },
];
