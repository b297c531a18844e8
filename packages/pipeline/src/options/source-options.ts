import type { CommandName, OptionDeclaration } from "./option-declaration.ts";

const reading: readonly CommandName[] = ["convert", "inspect", "init"];

/** What is read, and how it becomes records. */
export const sourceOptions: readonly OptionDeclaration[] = [
  {
    name: "from",
    type: "text",
    placeholder: "<format>",
    description: "The format of the input, where it is not to be detected; `dpo formats` lists them",
    commands: reading,
  },
  {
    name: "config",
    type: "text",
    placeholder: "<name>",
    description: "The configuration of a dataset on the Hub, where it has several",
    commands: reading,
  },
  {
    name: "hubSplit",
    type: "text",
    placeholder: "<name>",
    description:
      "The split of a dataset on the Hub, in a folder or an archive: the one to read, where it has several, or to push to",
    commands: ["convert", "inspect", "init", "push"],
  },
  {
    name: "member",
    type: "text",
    placeholder: "<name|pattern>",
    description: "Which files of a zip archive or a folder to read, where not all of its data is meant",
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
    commands: ["convert", "inspect", "init", "validate", "dedupe", "split", "export", "stats", "diff"],
  },
  {
    name: "limit",
    type: "integer",
    placeholder: "<n>",
    description: "Read at most this many records of each input",
    commands: ["convert", "inspect", "init", "dedupe", "split", "stats", "diff", "export"],
  },
];
