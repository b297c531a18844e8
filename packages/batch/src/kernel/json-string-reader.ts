import { assembleJsonStringCopy } from "./json-string-code.ts";

/** Reads strings of a JSON text one after another, with the help of a small WebAssembly module. */
export interface JsonStringReader {
  /** The most bytes that a JSON text may have. */
  readonly maxBytes: number;
  /** The JSON text, a copy of what {@link JsonStringReader.begin} was given. */
  readonly json: Uint8Array;
  /** What the strings say, one behind another, in UTF-8 if the JSON text is. */
  readonly texts: Uint8Array;
  /** Takes a JSON text of at most {@link JsonStringReader.maxBytes}, and forgets the one before. */
  begin(json: Uint8Array): void;
  /**
   * Reads the string whose first character stands at `from`. Undefined where it does not end, has a control character
   * or a lone surrogate, or is otherwise no JSON. Whether its bytes are valid UTF-8 is not looked at.
   */
  read(from: number): JsonStringText | undefined;
}

/** What a string says, and how it is spelled. */
export interface JsonStringText {
  /** Where it stands in {@link JsonStringReader.texts}. */
  readonly start: number;
  readonly end: number;
  /** Behind the quote at its end in the JSON text. */
  readonly next: number;
  /** Whether `jsonString` of `@dpo-kit/schema` would write it as it stands. */
  readonly canonical: boolean;
  readonly ascii: boolean;
}

const MAX_BYTES = 1 << 20;

/** Whatever is read or written sixteen bytes at a time may go that far over its end. */
const SLACK = 32;
const TEXTS_AT = MAX_BYTES + SLACK;
const MEMORY_BYTES = TEXTS_AT + MAX_BYTES + SLACK;

let loading: Promise<JsonStringReader> | undefined;

/** Gives the reader of this thread; its module is assembled and instantiated once. */
export function loadJsonStringReader(): Promise<JsonStringReader> {
  loading ??= instantiate();
  return loading;
}

type Copy = (at: number, end: number, to: number) => number;

async function instantiate(): Promise<JsonStringReader> {
  const { instance } = await WebAssembly.instantiate(assembleJsonStringCopy(MEMORY_BYTES));
  const { memory, copy } = instance.exports as unknown as { memory: WebAssembly.Memory; copy: Copy };
  return new Reader(memory.buffer, copy);
}

class Reader implements JsonStringReader {
  readonly maxBytes: number = MAX_BYTES;
  readonly json: Uint8Array;
  readonly texts: Uint8Array;
  readonly #copy: Copy;
  #length = 0;
  #textsEnd = 0;

  constructor(memory: ArrayBuffer, copy: Copy) {
    this.json = new Uint8Array(memory, 0, MAX_BYTES);
    this.texts = new Uint8Array(memory, TEXTS_AT, MAX_BYTES);
    this.#copy = copy;
  }

  begin(json: Uint8Array): void {
    this.json.set(json);
    this.#length = json.length;
    this.#textsEnd = 0;
  }

  read(from: number): JsonStringText | undefined {
    const { json, texts } = this;
    const start = this.#textsEnd;
    let [at, end, canonical, ascii] = [from, start, true, true];
    for (;;) {
      const result = this.#copy(at, this.#length, TEXTS_AT + end);
      end += (result >>> 1) - at;
      at = result >>> 1;
      ascii &&= (result & 1) === 0;
      const stop = at < this.#length ? json[at]! : 0;
      if (stop === QUOTE) {
        this.#textsEnd = end;
        return { start, end, next: at + 1, canonical, ascii };
      }
      if (stop === BACKSLASH) {
        const found = readEscape(json, at);
        if (found === undefined) {
          return undefined;
        }
        end = writeCharacter(found.code, texts, end);
        ascii &&= found.code < 0x80;
        canonical &&= found.canonical;
        at += found.length;
      } else if (stop === SEPARATOR_LEAD) {
        canonical &&= !isLineSeparator(json, at);
        ascii = false;
        texts[end] = stop;
        end += 1;
        at += 1;
      } else {
        return undefined;
      }
    }
  }
}

interface Escape {
  readonly code: number;
  readonly length: number;
  readonly canonical: boolean;
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const SPACE = 0x20;
const LETTER_U = 0x75;
const SEPARATOR_LEAD = 0xe2;

/** By the letter behind a backslash, what the two stand for; `/` needs none. */
const shortEscapes: readonly (Escape | undefined)[] = Array.from({ length: 0x80 }, (_, letter) => {
  const pair = ['""', "\\\\", "//", "b\b", "f\f", "n\n", "r\r", "t\t"].find(
    (each) => each.charCodeAt(0) === letter,
  );
  return pair === undefined ? undefined : { code: pair.charCodeAt(1), length: 2, canonical: pair !== "//" };
});

// Behind the JSON text there may be what is left of an earlier one: an escape that goes on there is followed by no
// quote before the end, so that its string is not taken.
function readEscape(json: Uint8Array, at: number): Escape | undefined {
  const letter = json[at + 1]!;
  return letter === LETTER_U ? readUnicodeEscape(json, at) : shortEscapes[letter];
}

function readUnicodeEscape(json: Uint8Array, at: number): Escape | undefined {
  const digits = hexDigits(json, at + 2);
  const code = digits === undefined ? Number.NaN : Number.parseInt(digits, 16);
  if (code >= 0xd800 && code <= 0xdfff) {
    return readSurrogates(code, json, at + 6);
  }
  const isShort = code === 0x08 || code === 0x09 || code === 0x0a || code === 0x0c || code === 0x0d;
  const needsIt = (code < SPACE && !isShort) || code === 0x2028 || code === 0x2029;
  return digits === undefined
    ? undefined
    : { code, length: 6, canonical: needsIt && digits === digits.toLowerCase() };
}

/** A high surrogate makes a character with a low one behind it. */
function readSurrogates(high: number, json: Uint8Array, at: number): Escape | undefined {
  const digits = json[at] === BACKSLASH && json[at + 1] === LETTER_U ? hexDigits(json, at + 2) : undefined;
  const low = digits === undefined ? 0 : Number.parseInt(digits, 16);
  return high <= 0xdbff && low >= 0xdc00 && low <= 0xdfff
    ? { code: 0x1_0000 + ((high - 0xd800) << 10) + (low - 0xdc00), length: 12, canonical: false }
    : undefined;
}

function hexDigits(json: Uint8Array, at: number): string | undefined {
  const digits = String.fromCharCode(...json.subarray(at, at + 4));
  return /^[0-9a-fA-F]{4}$/u.test(digits) ? digits : undefined;
}

/** Whether U+2028 or U+2029 stands there, which `jsonString` escapes. */
function isLineSeparator(json: Uint8Array, at: number): boolean {
  return json[at + 1] === 0x80 && (json[at + 2]! & 0xfe) === 0xa8;
}

/** Writes a character as UTF-8, and gives where it ends. */
function writeCharacter(code: number, target: Uint8Array, to: number): number {
  if (code < 0x80) {
    target[to] = code;
    return to + 1;
  }
  const { written } = utf8.encodeInto(String.fromCodePoint(code), target.subarray(to));
  return to + written;
}

const utf8 = new TextEncoder();
