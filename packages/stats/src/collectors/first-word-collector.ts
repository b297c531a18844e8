import { hashText, KeySample } from "../keys/key-sample.ts";
import type { PairView } from "../pairs/pair-view.ts";
import type { Collector } from "./collector.ts";

/** How often answers of each side begin with a word. */
export interface FirstWord {
  /** In lower case, at most 24 characters; empty for answers without one. */
  readonly word: string;
  readonly preferred: number;
  readonly nonPreferred: number;
  /** The difference of the two over all pairs, -1 to 1: positive where preferred answers begin with it. */
  readonly difference: number;
}

/** The words that tell the sides apart best. */
export interface FirstWordStatistics {
  readonly words: readonly FirstWord[];
  /** False where there were more different words than are remembered: then rare ones may be missing. */
  readonly exact: boolean;
}

const MOST_WORDS = 65_536;
const SHOWN_WORDS = 10;

type Sides = readonly [preferred: number, nonPreferred: number];

/** Counts the words that answers begin with. */
export class FirstWordCollector implements Collector<FirstWordStatistics> {
  readonly #words = new KeySample<Sides>(MOST_WORDS);
  #pairs = 0;

  observe({ preferred, nonPreferred }: PairView): void {
    this.#pairs += 1;
    this.#count(firstWord(preferred.text), [1, 0]);
    this.#count(firstWord(nonPreferred.text), [0, 1]);
  }

  merge(other: FirstWordCollector): void {
    this.#pairs += other.#pairs;
    this.#words.merge(other.#words, add);
  }

  result(): FirstWordStatistics {
    const words = this.#words.entries().map(([word, [preferred, nonPreferred]]) => ({
      word,
      preferred,
      nonPreferred,
      difference: (preferred - nonPreferred) / this.#pairs,
    }));
    const apart = words.filter(({ difference }) => difference !== 0);
    apart.sort((one, other) => Math.abs(other.difference) - Math.abs(one.difference));
    return { words: apart.slice(0, SHOWN_WORDS), exact: this.#words.weight === 1 };
  }

  #count(word: string, sides: Sides): void {
    this.#words.update(word, hashText(word), (known) => add(known, sides));
  }
}

function add(one: Sides | undefined, other: Sides): Sides {
  return [(one?.[0] ?? 0) + other[0], (one?.[1] ?? 0) + other[1]];
}

/** The first word of a text, without what stands before it. */
export function firstWord(text: string): string {
  const match = /^[^\p{L}\p{N}]{0,16}([\p{L}\p{M}\p{N}'’]{1,24})/u.exec(text.slice(0, 80));
  return (match?.[1] ?? "").toLowerCase();
}
