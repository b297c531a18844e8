/** What {@link unescapeJsonText} has read. */
export interface UnescapedText {
  /** Behind the quote at the end of the text. */
  readonly at: number;
  /** Behind what was written. */
  readonly to: number;
  /** Whether `jsonString` would write it as it stands. */
  readonly canonical: boolean;
  readonly ascii: boolean;
}

/**
 * Writes the text of the JSON string whose first character stands at `from` to `target`, from `offset`; it takes no
 * more room than it has in `json`. Undefined where the string does not end, has a control character or a lone
 * surrogate, or is otherwise no JSON. Whether the bytes are valid UTF-8 is not looked at.
 */
export function unescapeJsonText(
  json: Uint8Array,
  from: number,
  target: Uint8Array,
  offset: number,
): UnescapedText | undefined {
  const { length } = json;
  let at = from;
  let to = offset;
  let high = 0;
  let canonical = true;
  while (at < length) {
    const byte = json[at]!;
    if (byte === QUOTE) {
      return { at: at + 1, to, canonical, ascii: high < 0x80 };
    }
    if (byte < SPACE) {
      return undefined;
    }
    if (byte === BACKSLASH) {
      const found = readEscape(json, at);
      if (found === undefined) {
        return undefined;
      }
      to = writeCharacter(found.code, target, to);
      high |= found.code >= 0x80 ? 0x80 : 0;
      canonical &&= found.canonical;
      at += found.length;
    } else {
      canonical &&= byte !== 0xe2 || !isLineSeparator(json, at);
      high |= byte;
      target[to] = byte;
      to += 1;
      at += 1;
    }
  }
  return undefined;
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

/** Of each letter behind a backslash what the two stand for; `/` needs none. */
const shortEscapes: ReadonlyMap<number, Escape> = new Map(
  ['""', "\\\\", "//", "b\b", "f\f", "n\n", "r\r", "t\t"].map((pair) => [
    pair.charCodeAt(0),
    { code: pair.charCodeAt(1), length: 2, canonical: pair !== "//" },
  ]),
);

function readEscape(json: Uint8Array, at: number): Escape | undefined {
  const letter = json[at + 1]!;
  return letter === LETTER_U ? readUnicodeEscape(json, at) : shortEscapes.get(letter);
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
