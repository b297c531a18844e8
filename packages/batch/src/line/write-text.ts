import { endOfRun } from "../keys/fold-utf8.ts";
import { asciiFold, type FoldedText } from "../keys/folded-text.ts";
import type { ByteBuffer } from "../storage/byte-buffer.ts";

const BACKSLASH = 0x5c;
const LESS_THAN = 0x3c;
const VERTICAL_BAR = 0x7c;

/** The second byte of the short escapes of JSON (RFC 8259, section 7), by the byte they stand for. */
const shortEscape = new Uint8Array(0x80);
for (const [character, letter] of ["\bb", "\tt", "\nn", "\ff", "\rr", '""', "\\\\"]) {
  shortEscape[character!.charCodeAt(0)] = letter!.charCodeAt(0);
}

/** 1 for each byte that needs more than to be copied: what JSON escapes, what is not ASCII, and `<`. */
const needsCare = Uint8Array.from({ length: 0x100 }, (_, byte) =>
  byte < 0x20 || byte >= 0x80 || shortEscape[byte] !== 0 || byte === LESS_THAN ? 1 : 0,
);

/** The longest escape, `\u0000`: what there must be room for besides a byte for each byte. */
const SLACK = 8;

/**
 * Writes a UTF-8 text in one go twice: as the inside of a JSON string behind `line`, and folded behind `folded`.
 * Gives whether the text holds `<|`, with which the reserved tokens of chat templates begin.
 */
export function writeText(text: Uint8Array, line: ByteBuffer, folded: FoldedText): boolean {
  const end = text.length;
  line.reserve(end + SLACK);
  folded.begin(text, 0);
  folded.reserve(end + SLACK);
  let { bytes: lineBytes, length: lineAt } = line;
  let { bytes: foldBytes, length: foldAt } = folded;
  let afterSpace = 1;
  let foldsWithText = false;
  let holdsMark = false;
  let at = 0;
  while (at < end) {
    const byte = text[at]!;
    if (byte >= 0x80) {
      const runEnd = endOfRun(text, at);
      line.length = lineAt;
      folded.length = foldAt;
      writeRun(text.subarray(at, runEnd), line);
      foldsWithText = !folded.appendRun(at, runEnd) || foldsWithText;
      line.reserve(end - runEnd + SLACK);
      folded.reserve(end - runEnd + SLACK);
      ({ bytes: lineBytes, length: lineAt } = line);
      ({ bytes: foldBytes, length: foldAt } = folded);
      afterSpace = folded.afterSpace ? 1 : 0;
      at = runEnd;
      continue;
    }
    if (needsCare[byte] === 0 || byte === LESS_THAN) {
      lineBytes[lineAt] = byte;
      lineAt += 1;
      holdsMark ||= byte === LESS_THAN && text[at + 1] === VERTICAL_BAR;
    } else {
      line.length = lineAt;
      writeEscape(byte, line);
      line.reserve(end - at + SLACK);
      ({ bytes: lineBytes, length: lineAt } = line);
    }
    // Without a branch: words end too irregularly for the processor to foresee it.
    const small = asciiFold[byte]!;
    const isSpace = ((small ^ 0x20) - 1) >>> 31;
    foldBytes[foldAt] = small;
    foldAt += 1 - (isSpace & afterSpace);
    afterSpace = isSpace;
    at += 1;
  }
  line.length = lineAt;
  folded.length = foldAt;
  if (foldsWithText) {
    folded.restart(end);
  }
  folded.end();
  return holdsMark;
}

function writeEscape(byte: number, line: ByteBuffer): void {
  const { bytes } = line;
  bytes[line.length++] = BACKSLASH;
  const short = shortEscape[byte]!;
  if (short !== 0) {
    bytes[line.length++] = short;
    return;
  }
  bytes[line.length++] = 0x75;
  bytes[line.length++] = 0x30;
  bytes[line.length++] = 0x30;
  bytes[line.length++] = 0x30 + (byte >> 4);
  bytes[line.length++] = hexDigits.charCodeAt(byte & 0x0f);
}

const hexDigits = "0123456789abcdef";
const lineSeparators = [new TextEncoder().encode("\\u2028"), new TextEncoder().encode("\\u2029")] as const;

/** Copies a run of characters above ASCII; U+2028 and U+2029 (E2 80 A8, E2 80 A9) become escapes. */
function writeRun(run: Uint8Array, line: ByteBuffer): void {
  let { bytes, length } = line;
  for (let at = 0; at < run.length; at += 1) {
    const byte = run[at]!;
    if (byte === 0xe2 && run[at + 1] === 0x80 && (run[at + 2]! & 0xfe) === 0xa8) {
      line.length = length;
      line.append(lineSeparators[run[at + 2]! & 1]!);
      line.reserve(run.length - at + SLACK);
      ({ bytes, length } = line);
      at += 2;
    } else {
      bytes[length] = byte;
      length += 1;
    }
  }
  line.length = length;
}
