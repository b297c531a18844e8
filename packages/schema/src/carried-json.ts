import type { JsonValue } from "./json.ts";
import { escapeLineSeparators, jsonString, lineSeparator } from "./json-string.ts";
import { jsonText } from "./json-text.ts";

const texts = new WeakMap<object, string>();

/**
 * Parses JSON that is to be carried through, and remembers how it was written: numbers keep their tokens
 * (`1.0`, `12345678901234567890`), objects the order of their keys. White space between tokens is left out.
 *
 * The value is frozen, so what was remembered stays true of it. Copying it gives an ordinary value.
 *
 * @throws {SyntaxError} when the text is not JSON, or is nested deeper than the engine's parser goes.
 */
export function carryJson(text: string): JsonValue {
  const value = parseJson(text);
  if (typeof value === "object" && value !== null) {
    texts.set(deepFreeze(value), compactJson(text));
  }
  return value;
}

/** Some engines' parsers recurse, and say so with a RangeError; to a caller it is a text that does not parse. */
function parseJson(text: string): JsonValue {
  try {
    return JSON.parse(text) as JsonValue;
  } catch (error) {
    if (error instanceof RangeError) {
      throw new SyntaxError("The JSON is nested too deeply", { cause: error });
    }
    throw error;
  }
}

/** The JSON text of a value: as it was written if it was carried, else as `JSON.stringify` writes it. Any depth. */
export function carriedJsonText(value: unknown): string {
  const known = typeof value === "object" && value !== null ? texts.get(value) : undefined;
  return known ?? escapeLineSeparators(jsonText(value));
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
 * strings are written the canonical way: the same text, with no escape that is not needed. Any depth.
 *
 * @throws {SyntaxError} when a string is not closed. Whether the rest is valid JSON is not checked.
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
  while (close !== -1 && isEscaped(text, close)) {
    close = text.indexOf('"', close + 1);
  }
  if (close === -1) {
    throw new SyntaxError(`The string that begins at ${quote} is not closed`);
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
