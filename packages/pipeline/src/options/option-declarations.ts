import type { CommandName, OptionDeclaration } from "./option-declaration.ts";

const reading: readonly CommandName[] = ["convert", "inspect"];
const checking: readonly CommandName[] = ["convert", "validate"];

/** Every option of every command, each declared once. A test fails on a second meaning. */
export const optionDeclarations: readonly OptionDeclaration[] = [
  {
    name: "output",
    type: "path",
    short: "o",
    placeholder: "<path>",
    description:
      "Where to write: a .jsonl file (also .jsonl.gz, .jsonl.zst), a folder, or - for standard output",
    commands: checking,
  },
  {
    name: "from",
    type: "text",
    placeholder: "<format>",
    description: "The format of the input, where it is not to be detected; `dpo formats` lists them",
    commands: reading,
  },
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
    name: "delimiter",
    type: "character",
    placeholder: "<character>",
    defaultText: "found",
    description: "What stands between fields: a character, or comma, semicolon, tab, pipe",
    commands: reading,
  },
  {
    name: "quote",
    type: "character",
    placeholder: "<character>",
    defaultText: '"',
    description: "What a field that holds a delimiter is quoted with; none where nothing quotes",
    commands: reading,
  },
  {
    name: "encoding",
    type: "text",
    placeholder: "<name>",
    defaultText: "found",
    description: "utf-8, utf-16le, utf-16be or windows-1252",
    commands: reading,
  },
  {
    name: "maxCellBytes",
    type: "bytes",
    placeholder: "<size>",
    defaultText: "32MiB",
    description: "The largest cell that is read; a larger one is rejected",
    commands: reading,
  },
  {
    name: "maxDownloadBytes",
    type: "bytes",
    placeholder: "<size>",
    defaultText: "20GiB",
    description: "The most that is read from one address",
    commands: reading,
  },
  {
    name: "limit",
    type: "integer",
    placeholder: "<n>",
    description: "Read at most this many records of each input",
    commands: reading,
  },
  {
    name: "target",
    type: "targets",
    placeholder: "<names>",
    description: "Providers whose line rules every line must meet: openai, azure, together, fireworks",
    defaultText: "openai",
    commands: ["convert", "inspect", "validate"],
  },
  {
    name: "onInvalid",
    type: "choice",
    choices: ["reject", "skip", "stop"],
    defaultText: "reject",
    description:
      "What becomes of a bad record: kept in the rejects file, only counted, or the end of the run",
    commands: ["convert"],
  },
  {
    name: "allowRejects",
    type: "allowance",
    placeholder: "<n|p%>",
    defaultText: "0",
    description: "End with 0 if no more than this many records are rejected",
    commands: ["convert"],
  },
  {
    name: "lean",
    type: "flag",
    description: "Leave out tools and parallel_tool_calls where they are at their defaults",
    commands: ["convert"],
  },
  {
    name: "rejects",
    type: "path",
    placeholder: "<file>",
    description: "Where the rejected records go, instead of beside the output",
    commands: ["convert"],
  },
  {
    name: "manifest",
    type: "path",
    placeholder: "<file>",
    description: "Where the manifest goes, instead of beside the output",
    commands: ["convert"],
  },
  {
    name: "provenance",
    type: "flag",
    description: "Also write provenance.jsonl: for each line where it comes from",
    commands: ["convert"],
  },
  {
    name: "digest",
    type: "flag",
    defaultText: "on",
    description: "Keep SHA-256 digests of inputs and outputs in the manifest; --no-digest leaves them out",
    commands: ["convert"],
  },
  {
    name: "dryRun",
    type: "flag",
    description: "Print the plan and write nothing",
    commands: ["convert"],
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
    commands: ["validate"],
  },
  {
    name: "force",
    type: "flag",
    description: "Replace outputs that are already there",
    commands: checking,
  },
  {
    name: "issues",
    type: "path",
    placeholder: "<file>",
    description: "Write every issue as JSON Lines",
    commands: checking,
  },
  {
    name: "sarif",
    type: "path",
    placeholder: "<file>",
    description: "Write up to 5,000 issues as SARIF 2.1.0, for code review tools",
    commands: checking,
  },
  {
    name: "json",
    type: "flag",
    description: "Print one JSON object instead of the summary",
    commands: ["convert", "inspect", "validate", "explain", "formats"],
  },
  {
    name: "quiet",
    type: "flag",
    short: "q",
    description: "Print nothing but errors",
    commands: ["convert", "validate"],
  },
  {
    name: "progress",
    type: "flag",
    defaultText: "on a terminal",
    description: "Show a progress bar; --no-progress leaves it out",
    commands: checking,
  },
  {
    name: "color",
    type: "flag",
    defaultText: "on a terminal",
    description: "Use colours; --no-color leaves them out, as NO_COLOR does",
    commands: ["convert", "inspect", "validate", "explain", "formats"],
  },
];

/** The options of one command, in the order of help. */
export function optionsOf(command: CommandName): OptionDeclaration[] {
  return optionDeclarations.filter((option) => option.commands.includes(command));
}
