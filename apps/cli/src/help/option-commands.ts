import type { CommandName } from "@dpo-kit/pipeline/options";

const optionCommands: readonly CommandName[] = [
  "convert",
  "inspect",
  "validate",
  "dedupe",
  "split",
  "stats",
  "diff",
  "export",
  "push",
  "tune",
  "run",
  "init",
  "explain",
  "formats",
  "completion",
];

/** Whether options are declared for a command of that name. */
export function isOptionCommand(name: string): name is CommandName {
  return (optionCommands as readonly string[]).includes(name);
}
