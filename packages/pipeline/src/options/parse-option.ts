import { DataError, type TargetId, targets } from "@dpo-kit/schema";
import { exportTargetAliases } from "./export-options.ts";
import { flagName, type OptionDeclaration } from "./option-declaration.ts";
import { parseSplits, type SplitShare, splitForms } from "./parse-splits.ts";

/** How many rejected records a run may have and still end with 0. */
export type Allowance = { kind: "count"; value: number } | { kind: "percent"; value: number };

/** Columns as the user named them; the roles of a pair that a column can have. */
export interface ColumnNames {
  prompt?: string;
  preferred?: string;
  nonPreferred?: string;
  system?: string;
  messages?: string;
  tools?: string;
}

/** A parsed option value. */
export type OptionValue =
  | string
  | number
  | boolean
  | Allowance
  | ColumnNames
  | TargetId[]
  | string[]
  | Margin
  | SplitShare[];

/** The largest file of lines: bytes, what the targets take, or any size. */
export type ShardSize = number | "target" | "off";

/** A smallest difference in score; a ratio is of the better score to the worse. */
export type Margin = { kind: "absolute" | "percent" | "ratio"; value: number };

/** That an option does not take a text. Whoever asked for the option knows how it was spelled. */
export class OptionRefusal extends Error {
  override readonly name: string = "OptionRefusal";
  /** What it takes, for messages: `a whole number`. */
  readonly takes: string;
  /** The text, or the part of it that is wrong. */
  readonly text: string;

  constructor(takes: string, text: string) {
    super(`It takes ${takes}, not ${JSON.stringify(text)}`);
    this.takes = takes;
    this.text = text;
  }
}

/**
 * The value of an option from the text the user wrote as a flag.
 * @throws RUN_OPTION_INVALID with what the option takes.
 */
export function parseOption(option: OptionDeclaration, text: string): OptionValue {
  try {
    return readOption(option, text);
  } catch (error) {
    if (!(error instanceof OptionRefusal)) {
      throw error;
    }
    throw new DataError("RUN_OPTION_INVALID", {
      message: `--${flagName(option.name)} takes ${error.takes}, not ${JSON.stringify(error.text)}`,
      hint: option.description,
    });
  }
}

/**
 * The value of an option from the text the user wrote, wherever that was.
 * @throws {OptionRefusal}
 */
export function readOption(option: OptionDeclaration, text: string): OptionValue {
  switch (option.type) {
    case "choice":
      return parseChoice(option, text);
    case "integer":
      return parseInteger(text);
    case "decimal":
      return parseDecimal(text, "a number");
    case "automatic":
      return text === "auto" ? text : parseDecimal(text, "auto, or a number");
    case "automaticWhole":
      return text === "auto" ? text : parseFromOne(text, "auto, or a whole number from 1");
    case "bytes":
      return parseBytes(text);
    case "character":
      return parseCharacter(option, text);
    case "allowance":
      return parseAllowance(text);
    case "columns":
      return parseColumns(text);
    case "targets":
      return parseTargets(text);
    case "exports":
      return parseExports(option, text);
    case "names":
      return parseNames(text);
    case "margin":
      return parseMargin(text);
    case "share":
      return parseShare(text);
    case "splits":
      return parseSplitOption(text);
    case "paths":
      return [text];
    case "shardSize":
      return parseShardSize(text);
    case "flag":
      return text === "true";
    default:
      return text;
  }
}

function refused(text: string, takes: string): OptionRefusal {
  return new OptionRefusal(takes, text);
}

function parseChoice(option: OptionDeclaration, text: string): string {
  const choices = option.choices ?? [];
  if (!choices.includes(text)) {
    throw refused(text, choices.join(", "));
  }
  return text;
}

function parseInteger(text: string): number {
  return parseWhole(text, "a whole number");
}

function parseWhole(text: string, takes: string): number {
  if (!/^\d{1,15}$/u.test(text)) {
    throw refused(text, takes);
  }
  return Number(text);
}

function parseFromOne(text: string, takes: string): number {
  const value = parseWhole(text, takes);
  if (value === 0) {
    throw refused(text, takes);
  }
  return value;
}

function parseDecimal(text: string, takes: string): number {
  if (!/^(?:\d{1,15}(?:\.\d{1,15})?|\.\d{1,15})(?:e-?\d{1,2})?$/iu.test(text)) {
    throw refused(text, takes);
  }
  return Number(text);
}

const byteUnits: Readonly<Record<string, number>> = {
  "": 1,
  b: 1,
  kb: 1e3,
  mb: 1e6,
  gb: 1e9,
  kib: 2 ** 10,
  mib: 2 ** 20,
  gib: 2 ** 30,
  k: 2 ** 10,
  m: 2 ** 20,
  g: 2 ** 30,
};

function parseBytes(text: string): number {
  const match = /^(\d{1,12}(?:\.\d{1,6})?)\s*([a-zA-Z]{0,3})$/u.exec(text);
  const unit = match === null ? undefined : byteUnits[match[2]!.toLowerCase()];
  const bytes = unit === undefined ? 0 : Math.floor(Number(match![1]) * unit);
  if (bytes < 1) {
    throw refused(text, "a size such as 500MB or 32MiB");
  }
  return bytes;
}

function parseShardSize(text: string): ShardSize {
  if (text === "target" || text === "off") {
    return text;
  }
  try {
    return parseBytes(text);
  } catch {
    throw refused(text, "a size such as 512MiB, target, or off");
  }
}

const characterNames: Readonly<Record<string, string>> = {
  comma: ",",
  semicolon: ";",
  tab: "\t",
  "\\t": "\t",
  pipe: "|",
};

function parseCharacter(option: OptionDeclaration, text: string): string {
  if (option.name === "quote" && text === "none") {
    return "";
  }
  const character = Object.hasOwn(characterNames, text) ? characterNames[text]! : text;
  if (!/^[\t -~]$/u.test(character)) {
    throw refused(
      text,
      option.name === "quote"
        ? "one ASCII character, or none"
        : "one ASCII character, or comma, semicolon, tab, pipe",
    );
  }
  return character;
}

function parseAllowance(text: string): Allowance {
  const percent = /^(\d{1,3}(?:\.\d{1,6})?)%$/u.exec(text);
  if (percent !== null && Number(percent[1]) <= 100) {
    return { kind: "percent", value: Number(percent[1]) };
  }
  if (!/^\d{1,15}$/u.test(text)) {
    throw refused(text, "a whole number, or a percentage such as 1%");
  }
  return { kind: "count", value: Number(text) };
}

/** How the role of a column may be spelled. */
export const columnRoles: Readonly<Record<string, keyof ColumnNames>> = {
  prompt: "prompt",
  preferred: "preferred",
  chosen: "preferred",
  non_preferred: "nonPreferred",
  "non-preferred": "nonPreferred",
  rejected: "nonPreferred",
  system: "system",
  messages: "messages",
  history: "messages",
  tools: "tools",
};

// A column name may hold commas: a new part begins only where a role and an equals sign follow the comma.
const columnPart = new RegExp(`(?:^|,)\\s*(${Object.keys(columnRoles).join("|")})=`, "gu");

function parseColumns(text: string): ColumnNames {
  const parts = [...text.matchAll(columnPart)];
  if (parts.length === 0 || parts[0]!.index !== 0) {
    throw refused(text, `role=name, with a role of ${Object.keys(columnRoles).join(", ")}`);
  }
  const columns: ColumnNames = {};
  parts.forEach((part, index) => {
    const role = columnRoles[part[1]!]!;
    const name = text.slice(part.index + part[0].length, parts[index + 1]?.index ?? text.length);
    if (name === "" || columns[role] !== undefined) {
      throw refused(text, `one column name for each role (${part[1]})`);
    }
    columns[role] = name;
  });
  const names = Object.values(columns);
  if (new Set(names).size < names.length) {
    throw refused(text, "another column for each role");
  }
  return columns;
}

function parseTargets(text: string): TargetId[] {
  const known = targets.map((target) => target.id);
  const ids = text.split(",").map((name) => name.trim().toLowerCase());
  const wrong = ids.find((id) => !known.includes(id as TargetId));
  if (wrong !== undefined) {
    throw refused(wrong, known.join(", "));
  }
  return known.filter((id) => ids.includes(id));
}

function parseExports({ choices = [] }: OptionDeclaration, text: string): string[] {
  const names = text.split(",").map((name) => name.trim().toLowerCase());
  const wrong = names.find((name) => !choices.includes(name) && !exportTargetAliases.includes(name));
  if (wrong !== undefined) {
    throw refused(wrong, choices.join(", "));
  }
  return [...new Set(names)];
}

function parseNames(text: string): string[] {
  const names = text.split(",");
  if (names.includes("")) {
    throw refused(text, "column names with commas between");
  }
  return names;
}

const marginKinds = { "": "absolute", "%": "percent", x: "ratio" } as const;

function parseMargin(text: string): Margin {
  const match = /^(\d{1,12}(?:\.\d{1,9})?)([%x]?)$/u.exec(text);
  if (match === null) {
    throw refused(text, "a number, a percentage such as 20%, or a multiple such as 2x");
  }
  return { kind: marginKinds[match[2] as keyof typeof marginKinds], value: Number(match[1]) };
}

/** Above 0 and at most 1. */
function parseShare(text: string): number {
  const match = /^(\d{0,3}(?:\.\d{1,9})?)(%?)$/u.exec(text);
  const value = match === null ? Number.NaN : Number(match[1]) / (match[2] === "%" ? 100 : 1);
  if (!(value > 0 && value <= 1)) {
    throw refused(text, "a number above 0 and up to 1, or a percentage such as 20%");
  }
  return value;
}

function parseSplitOption(text: string): SplitShare[] {
  const splits = parseSplits(text);
  if (splits === undefined) {
    throw refused(text, splitForms);
  }
  return splits;
}
