import { type CommandName, commandNames } from "@dpo-kit/pipeline/options";

/** Whether options are declared for a command of that name. */
export function isOptionCommand(name: string): name is CommandName {
  return (commandNames as readonly string[]).includes(name);
}
