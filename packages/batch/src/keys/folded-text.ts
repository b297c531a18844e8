import { WHITE_SPACE } from "@dpo-kit/schema";
import { ByteBuffer } from "../storage/byte-buffer.ts";
import { FOLDS_TO_SPACE, FOLDS_WITH_NEIGHBOURS, FOLDS_WITH_TEXT, foldCodePoint } from "./fold-code-point.ts";
import { foldText } from "./fold-text.ts";

const SPACE = 0x20;

/** Of each ASCII byte what it folds to: the small letter, or the space for any white space. */
export const asciiFold: Uint8Array = Uint8Array.from({ length: 0x80 }, (_, byte) => {
  const isCapital = byte >= 0x41 && byte <= 0x5a;
  const isWhiteSpace = byte === SPACE || (byte >= 0x09 && byte <= 0x0d);
  return isCapital ? byte + 0x20 : isWhiteSpace ? SPACE : byte;
});

/**
 * Folded texts, one after another. A text is begun, its ASCII is written by whoever walks over it anyway
 * (see {@link foldUtf8Into}), its runs of other characters are appended here, and it is ended.
 */
export class FoldedText extends ByteBuffer {
  /** Where the text that was begun last starts in {@link bytes}. */
  start = 0;
  #source: Uint8Array = new Uint8Array();
  #sourceStart = 0;

  begin(source: Uint8Array, sourceStart: number): void {
    this.start = this.length;
    this.#source = source;
    this.#sourceStart = sourceStart;
  }

  /** Whether white space that came now would be left out: at the start, and after a space. */
  get afterSpace(): boolean {
    return this.length === this.start || this.bytes[this.length - 1] === SPACE;
  }

  /**
   * Appends a whole run of characters above ASCII that lies in the source from `at` to `end`.
   * Gives false where it cannot be folded without the rest of the text; then {@link restart} with it.
   */
  appendRun(at: number, end: number): boolean {
    this.reserve((end - at) * 2 + 4);
    const before = this.length;
    for (let next = at; next < end; ) {
      const codePoint = codePointAt(this.#source, next);
      const folded = foldCodePoint(codePoint);
      if (folded === FOLDS_WITH_TEXT) {
        return false;
      }
      if (folded === FOLDS_WITH_NEIGHBOURS) {
        this.length = before;
        return this.#appendRunByReference(at, end);
      }
      this.appendFolded(folded === FOLDS_TO_SPACE ? SPACE : folded);
      next += utf8Length(codePoint);
    }
    return true;
  }

  /** Appends one folded character, a space only where there is none yet. There must be room for four bytes. */
  appendFolded(codePoint: number): void {
    const { bytes } = this;
    if (codePoint < 0x80) {
      if (codePoint !== SPACE || !this.afterSpace) {
        bytes[this.length++] = codePoint;
      }
    } else if (codePoint < 0x800) {
      bytes[this.length++] = 0xc0 | (codePoint >> 6);
      bytes[this.length++] = 0x80 | (codePoint & 0x3f);
    } else {
      if (codePoint < 0x10000) {
        bytes[this.length++] = 0xe0 | (codePoint >> 12);
      } else {
        bytes[this.length++] = 0xf0 | (codePoint >> 18);
        bytes[this.length++] = 0x80 | ((codePoint >> 12) & 0x3f);
      }
      bytes[this.length++] = 0x80 | ((codePoint >> 6) & 0x3f);
      bytes[this.length++] = 0x80 | (codePoint & 0x3f);
    }
  }

  /** Ends the text: the space at its end goes. */
  end(): void {
    if (this.length > this.start && this.afterSpace) {
      this.length -= 1;
    }
  }

  /** Replaces what was appended since {@link begin} by the fold of the whole text. */
  restart(sourceEnd: number): void {
    this.length = this.start;
    this.appendText(foldText(utf8.decode(this.#source.subarray(this.#sourceStart, sourceEnd))));
  }

  /**
   * A composition may take in the character before the run, which is ASCII or nothing; nothing composes
   * across a character of ASCII, so the run and that one character are all the reference needs.
   */
  #appendRunByReference(at: number, end: number): boolean {
    let from = at;
    if (at > this.#sourceStart && asciiFold[this.#source[at - 1]!] !== SPACE) {
      from = at - 1;
      this.length -= 1;
    }
    const composed = utf8.decode(this.#source.subarray(from, end)).normalize("NFC");
    if (composed.includes("Σ")) {
      return false;
    }
    const folded = composed.toLowerCase();
    this.reserve(folded.length * 3);
    for (const character of folded) {
      this.appendFolded(whiteSpace.test(character) ? SPACE : character.codePointAt(0)!);
    }
    return true;
  }
}

const whiteSpace = new RegExp(`[${WHITE_SPACE}]`, "u");
const utf8 = new TextDecoder("utf-8", { ignoreBOM: true });

/** The code point whose UTF-8 of two to four bytes begins at `at`. */
function codePointAt(bytes: Uint8Array, at: number): number {
  const first = bytes[at]!;
  const second = bytes[at + 1]! & 0x3f;
  if (first < 0xe0) {
    return ((first & 0x1f) << 6) | second;
  }
  const third = bytes[at + 2]! & 0x3f;
  if (first < 0xf0) {
    return ((first & 0x0f) << 12) | (second << 6) | third;
  }
  return ((first & 0x07) << 18) | (second << 12) | (third << 6) | (bytes[at + 3]! & 0x3f);
}

function utf8Length(codePoint: number): number {
  return codePoint < 0x800 ? 2 : codePoint < 0x10000 ? 3 : 4;
}
