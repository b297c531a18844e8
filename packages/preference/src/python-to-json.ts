import { jsonString } from "@dpo-kit/schema";
import { readPythonString } from "./python-string.ts";

/** JSON text made of Python's, and whether it was written as NumPy prints arrays. */
export interface PythonAsJson {
  json: string;
  numpy: boolean;
}

/** Deeper nesting than this is no list of messages. */
const MAXIMUM_DEPTH = 200;

/**
 * Rewrites a value as Python's `repr` or NumPy's `str` print it as JSON text; undefined where it is not one.
 * Lists, tuples, dicts with string keys, strings, numbers, `True`, `False`, `None`; elements side by side
 * without commas and `array(…, dtype=…)`, as NumPy prints arrays. Number tokens are kept. Nothing is evaluated.
 * What JSON cannot say (`nan`, sets, bytes, keys that are no text) is not read, nor is what NumPy cut short
 * with `...`. Takes linear time and no stack.
 */
export function pythonToJson(text: string): PythonAsJson | undefined {
  const reader = new PythonReader(text);
  return reader.read() ? { json: reader.json(), numpy: reader.numpy } : undefined;
}

type Kind = "list" | "tuple" | "dict" | "array" | "top";

/** What is being read. */
interface Frame {
  kind: Kind;
  values: number;
  commas: number;
  /** What stood last. */
  last: "nothing" | "value" | "comma" | "key" | "colon";
}

const openers: ReadonlyMap<string, { kind: Kind; json: string }> = new Map([
  ["[", { kind: "list", json: "[" }],
  ["(", { kind: "tuple", json: "[" }],
  ["{", { kind: "dict", json: "{" }],
  ["array(", { kind: "array", json: "" }],
]);

const closers: ReadonlyMap<string, readonly { kind: Kind; json: string }[]> = new Map([
  ["]", [{ kind: "list", json: "]" }]],
  ["}", [{ kind: "dict", json: "}" }]],
  [
    ")",
    [
      { kind: "tuple", json: "]" },
      { kind: "array", json: "" },
    ],
  ],
]);

const words: ReadonlyMap<string, string> = new Map([
  ["True", "true"],
  ["False", "false"],
  ["None", "null"],
]);

const gap = /[ \t\n\r\f]*/uy;
const word =
  /array\(|[[\](){},:]|(?:True|False|None)(?!\w)|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?(?![\w.])|[uU]?(?=['"])/uy;
const dtype = /[ \n]*dtype=[\w.<>=|'"]+/uy;

class PythonReader {
  readonly #text: string;
  readonly #out: string[] = [];
  readonly #frames: Frame[] = [{ kind: "top", values: 0, commas: 0, last: "nothing" }];
  #at = 0;
  numpy = false;

  constructor(text: string) {
    this.#text = text;
  }

  json(): string {
    return this.#out.join("");
  }

  /** Whether the whole text is one value. */
  read(): boolean {
    for (;;) {
      const before = this.#at;
      this.#at += this.#match(gap)!.length;
      if (this.#at === this.#text.length) {
        return this.#frames.length === 1 && this.#frame().values === 1;
      }
      const found = this.#match(word);
      if (found === undefined || !this.#take(found, this.#at > before)) {
        return false;
      }
    }
  }

  #frame(): Frame {
    return this.#frames.at(-1)!;
  }

  #match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at;
    return pattern.exec(this.#text)?.[0];
  }

  /** Takes one token; `apart` says that white space stood before it. */
  #take(found: string, apart: boolean): boolean {
    this.#at += found.length;
    if (found === ",") {
      return this.#comma();
    }
    if (found === ":") {
      return this.#colon();
    }
    const ends = closers.get(found);
    if (ends !== undefined) {
      return this.#close(ends);
    }
    const opener = openers.get(found);
    if (opener !== undefined) {
      return this.#open(opener, apart);
    }
    if (found === "" || found === "u" || found === "U") {
      return this.#string(apart);
    }
    return this.#begin(apart) && this.#emit(words.get(found) ?? found);
  }

  #emit(json: string): boolean {
    this.#out.push(json);
    return true;
  }

  /** Makes room for a value in the innermost frame. */
  #begin(apart: boolean): boolean {
    const frame = this.#frame();
    if (
      frame.kind === "dict" ? frame.last !== "colon" : frame.last === "value" && !this.#besides(frame, apart)
    ) {
      return false;
    }
    if (frame.kind !== "dict" && frame.values > 0) {
      this.#out.push(",");
    }
    frame.values += 1;
    frame.last = "value";
    return true;
  }

  /** Whether a value may stand beside another without a comma, as NumPy prints them. */
  #besides(frame: Frame, apart: boolean): boolean {
    this.numpy = true;
    return frame.kind === "list" && frame.commas === 0 && apart;
  }

  #comma(): boolean {
    const frame = this.#frame();
    if (frame.kind === "array") {
      const type = this.#match(dtype);
      this.#at += type?.length ?? 0;
      return type !== undefined && frame.last === "value";
    }
    const besides = frame.kind !== "dict" && frame.values > frame.commas + 1;
    if (frame.last !== "value" || frame.kind === "top" || besides) {
      return false;
    }
    frame.commas += 1;
    frame.last = "comma";
    return true;
  }

  #colon(): boolean {
    const frame = this.#frame();
    if (frame.last !== "key") {
      return false;
    }
    frame.last = "colon";
    return this.#emit(":");
  }

  #open(opener: { kind: Kind; json: string }, apart: boolean): boolean {
    if (this.#frames.length > MAXIMUM_DEPTH || !this.#begin(apart)) {
      return false;
    }
    this.numpy ||= opener.kind === "array";
    this.#frames.push({ kind: opener.kind, values: 0, commas: 0, last: "nothing" });
    return this.#emit(opener.json);
  }

  #close(ends: readonly { kind: Kind; json: string }[]): boolean {
    const frame = this.#frames.pop()!;
    const end = ends.find(({ kind }) => kind === frame.kind);
    if (end === undefined || frame.last === "key" || frame.last === "colon") {
      return false;
    }
    // ('a') is text in parentheses, not a tuple; array() holds exactly one list.
    const enough =
      frame.kind === "tuple"
        ? frame.values !== 1 || frame.commas === 1
        : frame.kind !== "array" || frame.values === 1;
    return enough && this.#emit(end.json);
  }

  #string(apart: boolean): boolean {
    const literal = readPythonString(this.#text, this.#at);
    // A quote right behind it: a triple quote, or literals that Python would join.
    if (literal === undefined || /['"]/u.test(this.#text[literal.end] ?? "")) {
      return false;
    }
    this.#at = literal.end;
    const frame = this.#frame();
    if (frame.kind !== "dict" || frame.last === "colon") {
      return this.#begin(apart) && this.#emit(jsonString(literal.value));
    }
    if (frame.last === "value" || frame.last === "key") {
      return false;
    }
    frame.last = "key";
    return this.#emit(`${frame.values > 0 ? "," : ""}${jsonString(literal.value)}`);
  }
}
