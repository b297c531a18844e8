import type { JsonValue } from "./json.ts";
import { escapeLineSeparators, jsonString, lineSeparator } from "./json-string.ts";

const texts = new WeakMap<object, string>();

/**
 * Parses JSON that is to be carried through, and remembers how it was written: numbers keep their tokens
 * (`1.0`, `12345678901234567890`), objects the order of their keys. White space between tokens is left out.
 *
 * The value is frozen, so what was remembered stays true of it. Copying it gives an ordinary value.
 *
 * @throws {SyntaxError} when the text is not JSON.
 */
export function carryJson(text: string): JsonValue {
  const value = JSON.parse(text) as JsonValue;
  if (typeof value === "object" && value !== null) {
    texts.set(deepFreeze(value), compactJson(text));
  }
  return value;
}

/** The JSON text of a value: as it was written if it was carried, else as `JSON.stringify` writes it. */
export function carriedJsonText(value: unknown): string {
  const known = typeof value === "object" && value !== null ? texts.get(value) : undefined;
  return known ?? escapeLineSeparators(JSON.stringify(value));
}

/** Whether the value remembers how it was written. */
export function isCarriedJson(value: unknown): boolean {
  return typeof value === "object" && value !== null && texts.has(value);
}

/** Remembers the text of a value that was taken out of a carried one, such as one tool of a list. */
export function rememberJsonText<T extends object>(value: T, text: string): T {
  texts.set(deepFreeze(value), text);
  return value;
}

/**
 * Valid JSON without the white space between its tokens. Numbers keep their tokens and objects their order;
 * strings are written the canonical way: the same text, with no escape that is not needed.
 */
export function compactJson(text: string): string {
  const parts: string[] = [];
  let at = 0;
  while (at < text.length) {
    const quote = text.indexOf('"', at);
    const outside = quote === -1 ? text.slice(at) : text.slice(at, quote);
    parts.push(outside.replace(jsonWhiteSpace, ""));
    if (quote === -1) {
      break;
    }
    at = stringEnd(text, quote);
    parts.push(canonicalString(text.slice(quote, at)));
  }
  return parts.join("");
}

const jsonWhiteSpace = /[ \t\n\r]+/gu;

/** The index behind the string whose opening quote is at `quote`. */
function stringEnd(text: string, quote: number): number {
  let close = text.indexOf('"', quote + 1);
  while (isEscaped(text, close)) {
    close = text.indexOf('"', close + 1);
  }
  return close + 1;
}

function isEscaped(text: string, at: number): boolean {
  let backslashes = 0;
  while (text.charCodeAt(at - 1 - backslashes) === 0x5c) {
    backslashes += 1;
  }
  return backslashes % 2 === 1;
}

function canonicalString(token: string): string {
  return token.includes("\\") || lineSeparator.test(token) ? jsonString(JSON.parse(token) as string) : token;
}

function deepFreeze<T extends object>(value: T): T {
  // Iterative: hostile nesting must not exhaust the stack.
  const pending: object[] = [value];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    Object.freeze(next);
    for (const inner of Object.values(next)) {
      if (typeof inner === "object" && inner !== null && !Object.isFrozen(inner)) {
        pending.push(inner);
      }
    }
  }
  return value;
}
