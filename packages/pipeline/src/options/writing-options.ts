import type { CommandName, OptionDeclaration } from "./option-declaration.ts";

const writing: readonly CommandName[] = ["convert", "dedupe", "split"];

/** What lines must meet, and what is written beside them. */
export const writingOptions: readonly OptionDeclaration[] = [
  {
    name: "target",
    type: "targets",
    placeholder: "<names>",
    description: "Providers whose line rules every line must meet: openai, azure, together, fireworks",
    defaultText: "openai",
    commands: ["convert", "inspect", "validate", "dedupe", "split"],
  },
  {
    name: "onInvalid",
    type: "choice",
    choices: ["reject", "skip", "stop"],
    defaultText: "reject",
    description:
      "What becomes of a bad record: kept in the rejects file, only counted, or the end of the run",
    commands: writing,
  },
  {
    name: "allowRejects",
    type: "allowance",
    placeholder: "<n|p%>",
    defaultText: "0",
    description: "End with 0 if no more than this many records are rejected",
    commands: writing,
  },
  {
    name: "lean",
    type: "flag",
    description: "Leave out tools and parallel_tool_calls where they are at their defaults",
    commands: ["convert"],
  },
  {
    name: "shardSize",
    type: "shardSize",
    placeholder: "<size|target|off>",
    defaultText: "target, where --target is given",
    description:
      "In a folder: write files that would be larger as train-00000-of-00004.jsonl and so on, never cutting a line; target is the largest file that all of --target take",
    commands: writing,
  },
  {
    name: "rejects",
    type: "path",
    placeholder: "<file>",
    description: "Where the rejected records go, instead of beside the output",
    commands: writing,
  },
  {
    name: "manifest",
    type: "path",
    placeholder: "<file>",
    description: "Where the manifest goes, instead of beside the output",
    commands: writing,
  },
  {
    name: "provenance",
    type: "flag",
    description: "Also write provenance.jsonl: for each line where it comes from",
    commands: writing,
  },
  {
    name: "digest",
    type: "flag",
    defaultText: "on",
    description: "Keep SHA-256 digests of inputs and outputs in the manifest; --no-digest leaves them out",
    commands: [...writing, "export"],
  },
];
