import { SideCounts } from "../keys/side-counts.ts";
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

/** Counts the words that answers begin with. */
export class FirstWordCollector implements Collector<FirstWordStatistics> {
  readonly #words = new SideCounts(MOST_WORDS);
  #pairs = 0;

  observe({ preferred, nonPreferred }: PairView): void {
    this.#pairs += 1;
    this.#words.addPair(firstWord(preferred.text), firstWord(nonPreferred.text));
  }

  merge(other: FirstWordCollector): void {
    this.#pairs += other.#pairs;
    this.#words.merge(other.#words);
  }

  result(): FirstWordStatistics {
    const words = this.#words.list().map(({ text, preferred, nonPreferred }) => ({
      word: text,
      preferred,
      nonPreferred,
      difference: (preferred - nonPreferred) / this.#pairs,
    }));
    const apart = words.filter(({ difference }) => difference !== 0);
    apart.sort((one, other) => Math.abs(other.difference) - Math.abs(one.difference));
    return { words: apart.slice(0, SHOWN_WORDS), exact: this.#words.exact };
  }
}

/** The first word of a text, without what stands before it. */
export function firstWord(text: string): string {
  const match = /^[^\p{L}\p{N}]{0,16}([\p{L}\p{M}\p{N}'’]{1,24})/u.exec(text.slice(0, 80));
  return (match?.[1] ?? "").toLowerCase();
}
