import { looksLikeMessage, looksLikeMessages, parseStructuredText } from "@dpo-kit/preference";
import type { JsonObject, JsonValue } from "@dpo-kit/schema";

/** What a value is, as far as shapes care. `messages-text`: a text that holds a list of messages. */
export type ValueKind =
  | "text"
  | "texts"
  | "message"
  | "messages"
  | "messages-text"
  | "turns"
  | "object"
  | "objects"
  | "number"
  | "numbers"
  | "boolean"
  | "list"
  | "null";

/** One column over the rows of a sample. */
export interface ColumnSummary {
  readonly name: string;
  /** How many rows hold a value of each kind. */
  readonly kinds: ReadonlyMap<ValueKind, number>;
  /** The most frequent kind that is not null; undefined: nothing but nulls. */
  readonly kind: ValueKind | undefined;
  /** In how many rows it holds something. */
  readonly filled: number;
  /** Its numbers, booleans and short texts with their counts, by their text; undefined: more than 64 of them. */
  readonly distinct: ReadonlyMap<string, number> | undefined;
}

/** The rows that decide what a dataset is. */
export interface RowSample {
  /** In the order in which they first appear. */
  readonly columns: readonly ColumnSummary[];
  readonly rows: readonly JsonObject[];
}

const DISTINCT_VALUES = 64;
const SHORT_TEXT = 64;

/** Summarises rows by column. */
export function sampleOf(rows: readonly JsonObject[]): RowSample {
  const names = new Set(rows.flatMap((row) => Object.keys(row)));
  return { rows, columns: [...names].map((name) => summarise(name, rows)) };
}

/** The summary of a column by its exact name. */
export function columnNamed(sample: RowSample, name: string): ColumnSummary | undefined {
  return sample.columns.find((column) => column.name === name);
}

/** Whether at least half of the rows of a sample are of a kind: one line of another shape makes no file of it. */
export function areMost({ rows }: RowSample, is: (row: JsonObject) => boolean): boolean {
  return rows.length > 0 && rows.filter(is).length * 2 >= rows.length;
}

function summarise(name: string, rows: readonly JsonObject[]): ColumnSummary {
  const kinds = new Map<ValueKind, number>();
  let distinct: Map<string, number> | undefined = new Map();
  for (const row of rows) {
    if (!Object.hasOwn(row, name)) {
      continue;
    }
    const value = row[name]!;
    const kind = kindOf(value);
    kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
    distinct = countDistinct(distinct, value);
  }
  const filled = [...kinds].filter(([kind]) => kind !== "null");
  const [most] = filled.sort(([, one], [, other]) => other - one);
  return {
    name,
    kinds,
    kind: most?.[0],
    filled: filled.reduce((total, [, count]) => total + count, 0),
    distinct,
  };
}

function countDistinct(
  known: Map<string, number> | undefined,
  value: JsonValue,
): Map<string, number> | undefined {
  if (value === null || typeof value === "object" || known === undefined) {
    return known;
  }
  const text = String(value);
  if (text.length > SHORT_TEXT || (!known.has(text) && known.size === DISTINCT_VALUES)) {
    return undefined;
  }
  return known.set(text, (known.get(text) ?? 0) + 1);
}

/** What a value is. An empty list is a `list`. */
export function kindOf(value: JsonValue | undefined): ValueKind {
  if (value === null || value === undefined) {
    return "null";
  }
  switch (typeof value) {
    case "string":
      return holdsMessages(value) ? "messages-text" : "text";
    case "number":
      return "number";
    case "boolean":
      return "boolean";
    default:
      return Array.isArray(value) ? kindOfList(value) : looksLikeMessage(value) ? "message" : "object";
  }
}

function kindOfList(list: readonly JsonValue[]): ValueKind {
  const filled = list.filter((each) => each !== null);
  if (filled.length === 0) {
    return "list";
  }
  if (looksLikeMessages(filled)) {
    return "messages";
  }
  if (filled.every(isTurn)) {
    return "turns";
  }
  const kinds = { string: "texts", number: "numbers", boolean: "list", object: "objects" } as const;
  const type = typeof filled[0] as keyof typeof kinds;
  const same = filled.every((each) => typeof each === type && !Array.isArray(each));
  return same ? kinds[type] : "list";
}

const turnKeys = [
  ["user", "assistant"],
  ["input", "output"],
] as const;

/** The keys of a turn that holds a question and its answer; undefined for everything else. */
export function turnKeysOf(value: JsonValue | undefined): readonly [string, string] | undefined {
  if (typeof value !== "object" || value === null) {
    return undefined;
  }
  if (Array.isArray(value)) {
    const isPair = value.length === 2 && value.every((each) => typeof each === "string");
    return isPair ? ["0", "1"] : undefined;
  }
  return turnKeys.find((keys) => keys.every((key) => typeof value[key] === "string"));
}

function isTurn(value: JsonValue): boolean {
  return turnKeysOf(value) !== undefined;
}

const beginsMessages = /^\s*"?(?:array\(|\()?\[\s*\{\s*\\?["'](?:role|from|content|value)\\?["']/u;

function holdsMessages(text: string): boolean {
  return beginsMessages.test(text) && looksLikeMessages(parseStructuredText(text)?.value);
}
