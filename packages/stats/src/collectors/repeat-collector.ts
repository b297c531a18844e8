import { compactKey, keyHash } from "../keys/compact-key.ts";
import { KeySample } from "../keys/key-sample.ts";
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

/** How many keys are remembered of each kind, unless it is said otherwise: some 100 MB for each kind. */
export const DEFAULT_REMEMBERED_KEYS: number = 2 ** 20;

type Directions = readonly [forward: number, backward: number];

/** Counts prompts, duplicates and contradictions by their keys. */
export class RepeatCollector implements Collector<RepeatStatistics> {
  readonly #prompts: KeySample<number>;
  readonly #lines: KeySample<number>;
  readonly #pairs: KeySample<Directions>;

  constructor(rememberedKeys: number) {
    this.#prompts = new KeySample(rememberedKeys);
    this.#lines = new KeySample(rememberedKeys);
    this.#pairs = new KeySample(rememberedKeys);
  }

  observe({ batch, line }: PairView): void {
    const prompt = compactKey(batch.promptKey, line);
    const preferred = compactKey(batch.preferredKey, line);
    const nonPreferred = compactKey(batch.nonPreferredKey, line);
    const isForward = preferred < nonPreferred;
    const [first, second] = isForward ? [preferred, nonPreferred] : [nonPreferred, preferred];
    this.#prompts.update(prompt, keyHash(batch.promptKey, line), addOne);
    this.#lines.update(compactKey(batch.lineKey, line), keyHash(batch.lineKey, line), addOne);
    // Sampled by the prompt too: its pairs of answers are kept or dropped together.
    this.#pairs.update(prompt + first + second, keyHash(batch.promptKey, line), (known) =>
      addDirections(known, isForward ? [1, 0] : [0, 1]),
    );
  }

  merge(other: RepeatCollector): void {
    this.#prompts.merge(other.#prompts, addCounts);
    this.#lines.merge(other.#lines, addCounts);
    this.#pairs.merge(other.#pairs, addDirections);
  }

  result(): RepeatStatistics {
    const perPrompt = new IntegerHistogram();
    for (const count of this.#prompts.values()) {
      perPrompt.add(count, this.#prompts.weight);
    }
    const pairs = this.#pairs.values();
    return {
      prompts: perPrompt.total,
      pairsPerPrompt: describeDistribution(perPrompt),
      duplicateLines: this.#lines.weight * sumOf(this.#lines.values(), surplus),
      duplicatePairs: this.#pairs.weight * sumOf(pairs, (both) => surplus(both[0]) + surplus(both[1])),
      reversedPairs: this.#pairs.weight * sumOf(pairs, (both) => (both[0] > 0 && both[1] > 0 ? 1 : 0)),
      exact: this.#prompts.weight * this.#lines.weight * this.#pairs.weight === 1,
    };
  }
}

function addOne(count: number | undefined): number {
  return (count ?? 0) + 1;
}

function addCounts(one: number | undefined, other: number): number {
  return (one ?? 0) + other;
}

function addDirections(one: Directions | undefined, other: Directions): Directions {
  return [(one?.[0] ?? 0) + other[0], (one?.[1] ?? 0) + other[1]];
}

function surplus(count: number): number {
  return Math.max(0, count - 1);
}

function sumOf<Value>(values: readonly Value[], measure: (value: Value) => number): number {
  return values.reduce((total, value) => total + measure(value), 0);
}
