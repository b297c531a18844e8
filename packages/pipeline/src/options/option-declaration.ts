/** What kind of value an option takes; decides how its text is parsed. */
export type OptionType =
  | "flag"
  | "text"
  | "path"
  | "choice"
  | "integer"
  | "bytes"
  | "character"
  | "allowance"
  | "columns"
  | "targets"
  | "template"
  | "names"
  | "margin"
  | "share"
  | "paths"
  | "splits"
  | "exports"
  | "shardSize"
  | "decimal"
  | "automatic"
  | "automaticWhole";

/** The commands that take options, in the order in which help lists them. */
export const commandNames = [
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
] as const;

/** The commands of `dpo` that take options. */
export type CommandName = (typeof commandNames)[number];

/** One option: its one meaning, everywhere it is offered. Flags, recipe keys, help and docs come from this. */
export interface OptionDeclaration {
  /** As TypeScript spells it: `allowRejects`. Flag and recipe key are derived from it. */
  readonly name: string;
  readonly type: OptionType;
  /** One letter, for `-o`. */
  readonly short?: string;
  /** What stands for the value in help: `<path>`. */
  readonly placeholder?: string;
  readonly choices?: readonly string[];
  /** Shown in help; applied by the command. */
  readonly defaultText?: string;
  readonly description: string;
  readonly commands: readonly CommandName[];
}

/** `allowRejects` as a flag without its dashes: `allow-rejects`. */
export function flagName(name: string): string {
  return name.replace(/[A-Z]/gu, (letter) => `-${letter.toLowerCase()}`);
}

/** Where a recipe says it in a group, or in other words: there `from` is what a source is read from. */
const recipeSpellings: Readonly<Record<string, string>> = {
  from: "format",
  config: "hub.config",
  hubSplit: "hub.split",
  output: "output.dir",
  export: "output.export",
};

/** `allowRejects` as recipes spell it: `allow_rejects`; with a dot where it is a member of a group: `hub.split`. */
export function recipeKey(name: string): string {
  return Object.hasOwn(recipeSpellings, name)
    ? recipeSpellings[name]!
    : name.replace(/[A-Z]/gu, (letter) => `_${letter.toLowerCase()}`);
}
