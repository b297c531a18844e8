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

/** Finds the places of many values of one text. */
export interface JsonLocator {
  /**
   * Where the value at a path stands: the value that `JSON.parse` gives, so the last one where a key occurs
   * twice. Undefined where the path leads to nothing.
   */
  locate(path: JsonPath): JsonPlace | undefined;
}

/**
 * Makes a locator for a valid JSON text. Each list and object on the way is walked once, however many paths lead
 * through it. Walks, without recursion.
 */
export function createJsonLocator(text: string): JsonLocator {
  const lists = new Map<number, readonly number[]>();
  const objects = new Map<number, ReadonlyMap<string, number>>();
  const start = skipJsonSpace(text, 0);
  const isOneLine = !text.includes("\n");

  function member(at: number, step: string | number): number | undefined {
    if (typeof step === "number") {
      const items = lists.get(at) ?? itemsOf(text, at);
      lists.set(at, items);
      return items[step];
    }
    const members = objects.get(at) ?? membersOf(text, at);
    objects.set(at, members);
    return members.get(step);
  }
  return {
    locate(path) {
      let at: number | undefined = start;
      for (const step of path) {
        at = at === undefined ? undefined : member(at, step);
      }
      if (at === undefined) {
        return undefined;
      }
      return isOneLine ? { offset: at, line: 1, column: at + 1 } : jsonPlace(text, at);
    },
  };
}

/** Where the value at a path stands in a valid JSON text: {@link createJsonLocator} for one path. */
export function locateJsonPath(text: string, path: JsonPath): JsonPlace | undefined {
  return createJsonLocator(text).locate(path);
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

/** The offsets of the items of the list that begins at `at`; none where there is no list. */
function itemsOf(text: string, at: number): number[] {
  const items: number[] = [];
  if (text[at] !== "[") {
    return items;
  }
  let next = skipJsonSpace(text, at + 1);
  while (next < text.length && text[next] !== "]") {
    items.push(next);
    next = skipJsonSpace(text, skipJsonValue(text, next));
    if (text[next] !== ",") {
      break;
    }
    next = skipJsonSpace(text, next + 1);
  }
  return items;
}

/** The offsets of the values of the object that begins at `at`, by their keys; none where there is no object. */
function membersOf(text: string, at: number): ReadonlyMap<string, number> {
  const members = new Map<string, number>();
  if (text[at] !== "{") {
    return members;
  }
  let next = skipJsonSpace(text, at + 1);
  while (text[next] === '"') {
    const keyEnd = skipJsonString(text, next);
    const value = skipJsonSpace(text, skipJsonSpace(text, keyEnd) + 1);
    members.set(jsonKey(text, next, keyEnd), value);
    next = skipJsonSpace(text, skipJsonValue(text, value));
    if (text[next] !== ",") {
      break;
    }
    next = skipJsonSpace(text, next + 1);
  }
  return members;
}
