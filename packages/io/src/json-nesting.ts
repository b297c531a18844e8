const [quote, backslash] = [0x22, 0x5c];

/** What a byte does outside of strings: opens a bracket, closes one, begins a string, separates, or nothing. */
const effects = new Uint8Array(256);
const [opens, closes, beginsString, separates] = [1, 2, 3, 4];
for (const [characters, effect] of [
  ["[{", opens],
  ["]}", closes],
  ['"', beginsString],
  [",", separates],
] as const) {
  for (const character of characters) {
    effects[character.charCodeAt(0)] = effect!;
  }
}
const closeBracket = 0x5d;

/** Follows strings and brackets through the elements of a JSON array, from one piece of the text to the next. */
export class JsonNesting {
  #depth = 0;
  #inString = false;
  #escaped = false;

  /** Whether a string or a bracket of the element is not closed yet. */
  get isOpen(): boolean {
    return this.#depth > 0 || this.#inString;
  }

  /**
   * The offset of the comma or the bracket behind the element that the bytes from `start` belong to; the length of the
   * piece where the element goes on.
   */
  endOfElement(piece: Uint8Array, start: number): number {
    let at = start;
    while (at < piece.length) {
      if (this.#inString) {
        at = this.#endOfString(piece, at);
        continue;
      }
      while (at < piece.length && effects[piece[at]!] === 0) {
        at += 1;
      }
      if (at < piece.length && this.#isEnd(piece[at]!)) {
        return at;
      }
      at += 1;
    }
    return piece.length;
  }

  /** Takes a byte that has an effect; true where the element ends before it. */
  #isEnd(byte: number): boolean {
    const effect = effects[byte];
    if (effect === beginsString) {
      this.#inString = true;
    } else if (effect === opens) {
      this.#depth += 1;
    } else if (this.#depth === 0) {
      return effect === separates || byte === closeBracket;
    } else if (effect === closes) {
      this.#depth -= 1;
    }
    return false;
  }

  /** Behind the quote that closes the string, or the length of the piece. */
  #endOfString(piece: Uint8Array, start: number): number {
    let at = this.#escaped ? start + 1 : start;
    this.#escaped = false;
    while (at < piece.length) {
      const byte = piece[at]!;
      if (byte === quote) {
        this.#inString = false;
        return at + 1;
      }
      at += byte === backslash ? 2 : 1;
    }
    this.#escaped = at > piece.length;
    return piece.length;
  }
}
