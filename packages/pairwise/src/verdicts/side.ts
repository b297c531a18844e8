import { type JsonValue, jsonText } from "@dpo-kit/schema";

/** What a verdict says of two answers. */
export type Side = "first" | "second" | "tie";

/**
 * What one row's verdict comes to: a side, `none` where nobody judged (an empty cell, a null), or `unknown`
 * where the value is none that the reader knows.
 */
export type Reading = Side | "none" | "unknown";

/** A verdict's value as it is compared: text without white space around it, `1.0` and `"1"` both as `1`. */
export function verdictText(value: JsonValue | undefined): string {
  if (value === undefined || value === null) {
    return "";
  }
  const text = typeof value === "string" ? value.trim() : jsonText(value);
  return /^[+-]?\d+\.0+$/u.test(text) ? String(Number(text)) : text;
}

/** A verdict's value as a number; undefined for text that is none, booleans, and nothing at all. */
export function verdictNumber(value: JsonValue | undefined): number | undefined {
  if (typeof value === "number") {
    return Number.isFinite(value) ? value : undefined;
  }
  if (typeof value !== "string" || !decimal.test(value)) {
    return undefined;
  }
  const number = Number(value);
  return Number.isFinite(number) ? number : undefined;
}

const decimal = /^\s*[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d{1,3})?\s*$/iu;

/** Words that stand for nothing in tables that pandas and its kin wrote. */
const nothing: ReadonlySet<string> = new Set(["", "nan", "none", "null", "n/a", "na", "<na>"]);

/** Whether a verdict's value says that nobody judged. */
export function isNoVerdict(value: JsonValue | undefined): boolean {
  return nothing.has(verdictText(value).toLowerCase());
}
