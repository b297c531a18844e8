import { WORDS_PER_KEY } from "@dpo-kit/batch";
import { CountSample } from "../keys/count-sample.ts";
import { pairKey } from "../keys/pair-key.ts";
import { type Distribution, describeDistribution } from "../measures/distribution.ts";
import { IntegerHistogram } from "../measures/integer-histogram.ts";
import type { PairView } from "../pairs/pair-view.ts";
import type { Collector } from "./collector.ts";

/** What is in the dataset more than once. */
export interface RepeatStatistics {
  /** Different prompts. */
  readonly prompts: number;
  readonly pairsPerPrompt: Distribution;
  /** Lines that are the same as another, each but one of them. */
  readonly duplicateLines: number;
  /** Pairs that say the same as another but for case and white space, each but one of them; lines included. */
  readonly duplicatePairs: number;
  /** Prompts with two answers of which each is preferred to the other somewhere: so many such pairs of answers. */
  readonly reversedPairs: number;
  /** False where there were more keys than are remembered: figures are projected from a sample then. */
  readonly exact: boolean;
}

/** How many keys are remembered of each kind, unless it is said otherwise: 50 MB for each kind. */
export const DEFAULT_REMEMBERED_KEYS: number = 2 ** 20;

/** Counts prompts, duplicates and contradictions by their keys. */
export class RepeatCollector implements Collector<RepeatStatistics> {
  readonly #prompts: CountSample;
  readonly #lines: CountSample;
  readonly #pairs: CountSample;
  readonly #words = new Uint32Array(WORDS_PER_KEY);

  constructor(rememberedKeys: number) {
    this.#prompts = new CountSample(rememberedKeys);
    this.#lines = new CountSample(rememberedKeys);
    this.#pairs = new CountSample(rememberedKeys);
  }

  observe({ batch, line }: PairView): void {
    const { words, direction } = pairKey(batch, line, this.#words);
    this.#prompts.add(batch.promptKey, line * WORDS_PER_KEY);
    this.#lines.add(batch.lineKey, line * WORDS_PER_KEY);
    this.#pairs.add(words, 0, direction);
  }

  merge(other: RepeatCollector): void {
    this.#prompts.merge(other.#prompts);
    this.#lines.merge(other.#lines);
    this.#pairs.merge(other.#pairs);
  }

  result(): RepeatStatistics {
    const perPrompt = new IntegerHistogram();
    for (const [count] of this.#prompts.counts()) {
      perPrompt.add(count, this.#prompts.weight);
    }
    return {
      prompts: perPrompt.total,
      pairsPerPrompt: describeDistribution(perPrompt),
      duplicateLines: project(this.#lines, ([count]) => surplus(count)),
      duplicatePairs: project(this.#pairs, ([one, other]) => surplus(one) + surplus(other)),
      reversedPairs: project(this.#pairs, ([one, other]) => (one > 0 && other > 0 ? 1 : 0)),
      exact: this.#prompts.weight * this.#lines.weight * this.#pairs.weight === 1,
    };
  }
}

/** What a measure adds up to over all keys, if those of the sample are like the others. */
function project(sample: CountSample, measure: (counts: readonly [number, number]) => number): number {
  let total = 0;
  for (const counts of sample.counts()) {
    total += measure(counts);
  }
  return total * sample.weight;
}

function surplus(count: number): number {
  return Math.max(0, count - 1);
}
