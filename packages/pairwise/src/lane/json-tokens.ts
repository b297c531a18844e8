import { type JsonStringReader, sameBytes, type TextSpan } from "@dpo-kit/batch";

/** Takes the member whose value is next, or says that it cannot. */
export type TakeMember = (name: TextSpan) => boolean;

/**
 * Goes over a JSON text token by token, strictly, and makes no values of it. Whatever is asked of it is next behind
 * white space, or is not taken: then nothing more may be asked. Not taken is besides what is no JSON also what is rare:
 * numbers that JSON lacks, duplicate names, objects of more than 64 members, nesting deeper than 32.
 */
export class JsonTokens {
  readonly #strings: JsonStringReader;
  #length = 0;
  #at = 0;
  #depth = 0;
  #ascii = true;

  constructor(strings: JsonStringReader) {
    this.#strings = strings;
  }

  /** Whether all texts so far say nothing but ASCII; of the others it is not looked at whether they are valid UTF-8. */
  get ascii(): boolean {
    return this.#ascii;
  }

  /** Takes a JSON text, if it is not too long. All spans are valid until the next one. */
  begin(json: Uint8Array): boolean {
    if (json.length > this.#strings.maxBytes) {
      return false;
    }
    this.#strings.begin(json);
    this.#length = json.length;
    this.#at = 0;
    this.#depth = 0;
    this.#ascii = true;
    return true;
  }

  /** Whether nothing but white space is left. */
  isAtEnd(): boolean {
    this.#next();
    return this.#at === this.#length;
  }

  /** A string as the text it says. */
  text(): TextSpan | undefined {
    const found = this.#next() === QUOTE ? this.#strings.read(this.#at + 1) : undefined;
    if (found === undefined) {
      return undefined;
    }
    const { start, end, next, ascii } = found;
    this.#at = next;
    this.#ascii &&= ascii;
    return { bytes: this.#strings.texts, start, end };
  }

  /** A string that is likely short: of ASCII without escapes it is given where it stands. */
  word(): TextSpan | undefined {
    const { json } = this.#strings;
    const isString = this.#next() === QUOTE;
    const start = this.#at + 1;
    const last = Math.min(start + LONGEST_WORD, this.#length);
    let end = start;
    while (end < last && isPlain[json[end]!] === 1) {
      end += 1;
    }
    if (!isString || end === last || json[end] !== QUOTE) {
      return this.text();
    }
    this.#at = end + 1;
    return { bytes: json, start, end };
  }

  /** All of an object. */
  members(take: TakeMember): boolean {
    if (!this.#opens(OPEN_BRACE)) {
      return false;
    }
    if (this.#takes(CLOSE_BRACE)) {
      return this.#closes();
    }
    const names: TextSpan[] = [];
    do {
      const name = this.word();
      const isNew = name !== undefined && names.length < MOST_MEMBERS && !isAmong(name, names);
      if (!isNew || !this.#takes(COLON) || !take(name)) {
        return false;
      }
      names.push(name);
    } while (this.#takes(COMMA));
    return this.#takes(CLOSE_BRACE) && this.#closes();
  }

  /** All of an array. */
  elements(take: () => boolean): boolean {
    if (!this.#opens(OPEN_BRACKET)) {
      return false;
    }
    if (this.#takes(CLOSE_BRACKET)) {
      return this.#closes();
    }
    do {
      if (!take()) {
        return false;
      }
    } while (this.#takes(COMMA));
    return this.#takes(CLOSE_BRACKET) && this.#closes();
  }

  /** A number. */
  number(): number | undefined {
    const token = this.#bare();
    return isNumber.test(token) ? Number(token) : undefined;
  }

  /** Whether a string is next. */
  isTextNext(): boolean {
    return this.#next() === QUOTE;
  }

  /** Whether a number is next. */
  isNumberNext(): boolean {
    const first = this.#next();
    return first === MINUS || (first >= DIGIT_0 && first <= DIGIT_0 + 9);
  }

  /** Any value, which nobody wants to know. */
  skip(): boolean {
    switch (this.#next()) {
      case QUOTE:
        return this.word() !== undefined;
      case OPEN_BRACE:
        return this.members(this.#skipMember);
      case OPEN_BRACKET:
        return this.elements(this.#skipElement);
      default:
        return isBareValue.test(this.#bare());
    }
  }

  readonly #skipMember = (): boolean => this.skip();
  readonly #skipElement = (): boolean => this.skip();

  /** The byte behind white space; 0 at the end. */
  #next(): number {
    const { json } = this.#strings;
    while (this.#at < this.#length) {
      const byte = json[this.#at]!;
      if (byte > SPACE || !isSpace(byte)) {
        return byte;
      }
      this.#at += 1;
    }
    return 0;
  }

  #takes(byte: number): boolean {
    const isNext = this.#next() === byte;
    this.#at += isNext ? 1 : 0;
    return isNext;
  }

  #opens(bracket: number): boolean {
    this.#depth += 1;
    return this.#depth <= DEEPEST && this.#takes(bracket);
  }

  #closes(): boolean {
    this.#depth -= 1;
    return true;
  }

  /** What stands there without quotes, as far as any token of JSON may go. */
  #bare(): string {
    const { json } = this.#strings;
    this.#next();
    let token = "";
    while (this.#at < this.#length && token.length < LONGEST_BARE && isBareByte[json[this.#at]!] === 1) {
      token += String.fromCharCode(json[this.#at]!);
      this.#at += 1;
    }
    return token;
  }
}

const DEEPEST = 32;
const MOST_MEMBERS = 64;
const LONGEST_WORD = 32;
const LONGEST_BARE = 400;

const QUOTE = 0x22;
const SPACE = 0x20;
const COMMA = 0x2c;
const MINUS = 0x2d;
const DIGIT_0 = 0x30;
const COLON = 0x3a;
const BACKSLASH = 0x5c;
const [OPEN_BRACKET, CLOSE_BRACKET, OPEN_BRACE, CLOSE_BRACE] = [0x5b, 0x5d, 0x7b, 0x7d] as const;

/** Which bytes a string may have that stands for itself. */
const isPlain = Uint8Array.from({ length: 256 }, (_, byte) =>
  Number(byte >= SPACE && byte < 0x80 && byte !== QUOTE && byte !== BACKSLASH),
);

/** Which bytes a token may have that is no string. */
const isBareByte = Uint8Array.from({ length: 256 }, (_, byte) =>
  Number(/[\w+.-]/u.test(String.fromCharCode(byte)) && byte < 0x80),
);

/** A number of JSON (https://www.rfc-editor.org/rfc/rfc8259#section-6). */
const isNumber = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/u;
const isBareValue = new RegExp(`${isNumber.source}|^(?:true|false|null)$`, "u");

function isSpace(byte: number): boolean {
  return byte === SPACE || byte === 0x09 || byte === 0x0a || byte === 0x0d;
}

function isAmong(name: TextSpan, names: readonly TextSpan[]): boolean {
  for (const other of names) {
    if (sameBytes(name, other)) {
      return true;
    }
  }
  return false;
}
