import { foldText } from "@dpo-kit/batch";
import { characterClass, classOfCodeUnit } from "./character-classes.ts";
import { mix } from "./mix.ts";

const FIRST_START = 0x811c9dc5;
const SECOND_START = 0x2545f491;

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
    const folded = foldText(text);
    let one = FIRST_START;
    let two = SECOND_START;
    let isInWord = false;
    for (let at = 0; at < folded.length; at += 1) {
      const unit = folded.charCodeAt(at);
      const kind = classOfCodeUnit[unit]!;
      if (isInWord && kind !== characterClass.inWord) {
        this.#push(one, two);
        isInWord = false;
      }
      if (kind === characterClass.between) {
        continue;
      }
      if (!isInWord) {
        one = FIRST_START;
        two = SECOND_START;
      }
      one = Math.imul(one ^ unit, 0x01000193);
      two = Math.imul(((two << 5) | (two >>> 27)) ^ unit, 0x9e3779b1);
      isInWord = kind === characterClass.inWord;
      if (kind === characterClass.surrogate) {
        at += 1;
        one = Math.imul(one ^ folded.charCodeAt(at), 0x01000193);
        two = Math.imul(((two << 5) | (two >>> 27)) ^ folded.charCodeAt(at), 0x9e3779b1);
      }
      if (!isInWord) {
        this.#push(one, two);
      }
    }
    if (isInWord) {
      this.#push(one, two);
    }
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

function doubled(words: Uint32Array): Uint32Array {
  const grown = new Uint32Array(words.length * 2);
  grown.set(words);
  return grown;
}
