import { flagName, type OptionDeclaration } from "./option-declaration.ts";
import type { Allowance, ColumnNames } from "./parse-option.ts";
import { formatSplits, type SplitShare } from "./parse-splits.ts";
import { shellWord } from "./shell-word.ts";

const columnFlagNames: Readonly<Record<keyof ColumnNames, string>> = {
  prompt: "prompt",
  preferred: "preferred",
  nonPreferred: "non_preferred",
  system: "system",
  messages: "messages",
  tools: "tools",
};

/** The flags that stand for the options of a request, ready to paste into a shell: what parsing them gives back. */
export function formatFlags(request: object, declarations: readonly OptionDeclaration[]): string[] {
  const values = request as Readonly<Record<string, unknown>>;
  return declarations.flatMap((declaration) => {
    const value = values[declaration.name];
    return value === undefined ? [] : [formatFlag(declaration, value)];
  });
}

function formatFlag({ name, type }: OptionDeclaration, value: unknown): string {
  const flag = `--${flagName(name)}`;
  if (type === "flag") {
    return value === true ? flag : `--no-${flagName(name)}`;
  }
  if (type === "paths") {
    return (value as string[]).map((path) => `${flag} ${shellWord(path)}`).join(" ");
  }
  if (type === "splits") {
    return `${flag} ${shellWord(formatSplits(value as SplitShare[]))}`;
  }
  return `${flag} ${shellWord(textOf(value))}`;
}

function textOf(value: unknown): string {
  if (Array.isArray(value)) {
    return value.join(",");
  }
  if (typeof value !== "object" || value === null) {
    return String(value);
  }
  if ("kind" in value) {
    const { kind, value: amount } = value as Allowance;
    return kind === "percent" ? `${amount}%` : String(amount);
  }
  const columns = Object.entries(value) as [keyof ColumnNames, string][];
  return columns.map(([role, column]) => `${columnFlagNames[role]}=${column}`).join(",");
}
