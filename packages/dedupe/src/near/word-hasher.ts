import { characterClass, classOfCodeUnit } from "./character-classes.ts";
import { mix } from "./mix.ts";

// As constants of their own they cost nothing in the loop over all characters.
const { between: BETWEEN, inWord: IN_WORD, surrogate: SURROGATE } = characterClass;

const FIRST_START = 0x811c9dc5 | 0;
const SECOND_START = 0x2545f491;
const FIRST_FACTOR = 0x01000193;
const SECOND_FACTOR = 0x9e3779b1 | 0;

/**
 * Cuts texts into words and hashes these to 64 bits, as two halves. Texts are folded as keys are (`docs/keys.md`);
 * words stand between white space and punctuation, and in scripts without spaces each character is a word.
 */
export class WordHasher {
  /** How many words there are. */
  count = 0;
  first: Uint32Array = new Uint32Array(1024);
  second: Uint32Array = new Uint32Array(1024);

  /** Begins anew. */
  clear(): void {
    this.count = 0;
  }

  /** Adds the words of a text behind those that are there. */
  add(text: string): void {
    const classes = classOfCodeUnit;
    const folded = composedLowerCase(text);
    for (let at = 0; at < folded.length; ) {
      const kind = classes[folded.charCodeAt(at)]!;
      at = kind === BETWEEN ? at + 1 : this.#addWord(folded, at, kind);
    }
  }

  /** Hashes the word that begins at an index with a code unit of some class; gives the index behind it. */
  #addWord(text: string, start: number, kind: number): number {
    const classes = classOfCodeUnit;
    const most = kind === IN_WORD ? text.length : start + (kind === SURROGATE ? 2 : 1);
    let one = FIRST_START;
    let two = SECOND_START;
    let at = start;
    for (; at < most; at += 1) {
      const code = text.charCodeAt(at);
      if (classes[code] !== kind) {
        break;
      }
      const unit = lowerAscii(code);
      one = Math.imul(one ^ unit, FIRST_FACTOR);
      two = Math.imul(((two << 5) | (two >>> 27)) ^ unit, SECOND_FACTOR);
    }
    this.#push(one, two);
    return at;
  }

  #push(one: number, two: number): void {
    if (this.count === this.first.length) {
      this.first = doubled(this.first);
      this.second = doubled(this.second);
    }
    this.first[this.count] = mix(one);
    this.second[this.count] = mix(two);
    this.count += 1;
  }
}

function lowerAscii(unit: number): number {
  return unit >= 0x41 && unit <= 0x5a ? unit + 0x20 : unit;
}

/**
 * What {@link foldText} of `@dpo-kit/batch` gives, but for white space, which is between words whatever it is, and
 * for the capitals of a text that is all ASCII, which are made small one by one: most texts are, and it is faster.
 */
function composedLowerCase(text: string): string {
  return isAscii.test(text) ? text : text.normalize("NFC").toLowerCase();
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: ASCII is what is looked for.
const isAscii = /^[\x00-\x7f]*$/u;

function doubled(words: Uint32Array): Uint32Array {
  const grown = new Uint32Array(words.length * 2);
  grown.set(words);
  return grown;
}
