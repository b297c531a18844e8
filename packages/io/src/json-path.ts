import { jsonKey, skipJsonSpace, skipJsonString, skipJsonValue } from "./json-cursor.ts";

/** The way to a value inside a JSON value: property names and array indexes. */
export type JsonPath = readonly (string | number)[];

const plainName = /^[\p{L}\p{N}_$-]+$/u;

/** A path as text: `input.messages[0].role`; names that are no plain words in brackets, `metadata["a.b"]`. */
export function formatJsonPath(path: JsonPath): string {
  return path
    .map((step, index) => {
      if (typeof step === "number") {
        return `[${step}]`;
      }
      const name = plainName.test(step) ? step : `[${JSON.stringify(step)}]`;
      return index > 0 && name[0] !== "[" ? `.${name}` : name;
    })
    .join("");
}

const pathStep = /\.?([^.[\]"]+)|\[(\d+)\]|\[("(?:[^"\\]|\\.)*")\]/uy;

/** The steps of a path written as {@link formatJsonPath} writes it, or undefined where it is none. */
export function parseJsonPath(text: string): (string | number)[] | undefined {
  const path: (string | number)[] = [];
  pathStep.lastIndex = 0;
  while (pathStep.lastIndex < text.length) {
    const match = pathStep.exec(text);
    if (match === null) {
      return undefined;
    }
    const [, name, index, quoted] = match;
    const step = index === undefined ? (name ?? unquoted(quoted!)) : Number(index);
    if (step === undefined) {
      return undefined;
    }
    path.push(step);
  }
  return path;
}

function unquoted(token: string): string | undefined {
  try {
    return JSON.parse(token) as string;
  } catch {
    return undefined;
  }
}

/** A place in a JSON text. */
export interface JsonPlace {
  /** In UTF-16 code units from the start of the text. */
  offset: number;
  /** The line in the text, from 1; always 1 in a line of JSON Lines. */
  line: number;
  /** The column in that line, from 1, in UTF-16 code units. */
  column: number;
}

/**
 * Where the value at a path stands in a valid JSON text: the value that `JSON.parse` gives, so the last one where
 * a key occurs twice. Undefined where the path leads to nothing. Walks, without recursion.
 */
export function locateJsonPath(text: string, path: JsonPath): JsonPlace | undefined {
  let at = skipJsonSpace(text, 0);
  for (const step of path) {
    const found = typeof step === "number" ? itemAt(text, at, step) : propertyAt(text, at, step);
    if (found === undefined) {
      return undefined;
    }
    at = found;
  }
  return jsonPlace(text, at);
}

/** Line and column of an offset. */
export function jsonPlace(text: string, offset: number): JsonPlace {
  let line = 1;
  let lineStart = 0;
  for (let feed = text.indexOf("\n"); feed !== -1 && feed < offset; feed = text.indexOf("\n", feed + 1)) {
    line += 1;
    lineStart = feed + 1;
  }
  return { offset, line, column: offset - lineStart + 1 };
}

function itemAt(text: string, at: number, index: number): number | undefined {
  if (text[at] !== "[") {
    return undefined;
  }
  let next = skipJsonSpace(text, at + 1);
  for (let item = 0; next < text.length && text[next] !== "]"; item += 1) {
    if (item === index) {
      return next;
    }
    next = skipJsonSpace(text, skipJsonValue(text, next));
    if (text[next] !== ",") {
      return undefined;
    }
    next = skipJsonSpace(text, next + 1);
  }
  return undefined;
}

function propertyAt(text: string, at: number, name: string): number | undefined {
  if (text[at] !== "{") {
    return undefined;
  }
  let found: number | undefined;
  let next = skipJsonSpace(text, at + 1);
  while (text[next] === '"') {
    const keyEnd = skipJsonString(text, next);
    const value = skipJsonSpace(text, skipJsonSpace(text, keyEnd) + 1);
    if (jsonKey(text, next, keyEnd) === name) {
      found = value;
    }
    next = skipJsonSpace(text, skipJsonValue(text, value));
    if (text[next] !== ",") {
      break;
    }
    next = skipJsonSpace(text, next + 1);
  }
  return found;
}
