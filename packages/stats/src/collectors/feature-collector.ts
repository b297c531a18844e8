import { type SignBias, signBias } from "../measures/sign-bias.ts";
import type { PairView } from "../pairs/pair-view.ts";
import { answerFeatures } from "./answer-features.ts";
import type { Collector } from "./collector.ts";

/** On which side a feature stands. */
export interface FeatureBias {
  readonly id: string;
  readonly title: string;
  /** Pairs in which both answers have it. */
  readonly both: number;
  readonly bias: SignBias;
}

interface Tally {
  both: number;
  preferred: number;
  nonPreferred: number;
}

/** Counts on which side the features of answers stand. */
export class FeatureCollector implements Collector<readonly FeatureBias[]> {
  readonly #tallies: readonly Tally[] = answerFeatures.map(() => ({
    both: 0,
    preferred: 0,
    nonPreferred: 0,
  }));

  observe({ preferred, nonPreferred }: PairView): void {
    answerFeatures.forEach((feature, index) => {
      const isPreferred = feature.has(preferred);
      const isNonPreferred = feature.has(nonPreferred);
      const tally = this.#tallies[index]!;
      tally.both += isPreferred && isNonPreferred ? 1 : 0;
      tally.preferred += isPreferred && !isNonPreferred ? 1 : 0;
      tally.nonPreferred += isNonPreferred && !isPreferred ? 1 : 0;
    });
  }

  merge(other: FeatureCollector): void {
    other.#tallies.forEach((tally, index) => {
      const mine = this.#tallies[index]!;
      mine.both += tally.both;
      mine.preferred += tally.preferred;
      mine.nonPreferred += tally.nonPreferred;
    });
  }

  result(): readonly FeatureBias[] {
    return answerFeatures.map(({ id, title }, index) => {
      const { both, preferred, nonPreferred } = this.#tallies[index]!;
      return { id, title, both, bias: signBias(preferred, nonPreferred) };
    });
  }
}
