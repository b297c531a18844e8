import { FirstPlaces } from "../pairs/first-places.ts";
import type { PairPlace } from "../pairs/pair-place.ts";
import type { PairView } from "../pairs/pair-view.ts";
import { wordOverlap } from "../pairs/word-overlap.ts";
import { wordOverlapBound } from "../pairs/word-overlap-bound.ts";
import type { Collector } from "./collector.ts";

/** Pairs whose answers are nearly the same. */
export interface NearIdenticalStatistics {
  readonly pairs: number;
  readonly places: readonly PairPlace[];
}

/** Answers that share so many of their words are nearly the same, if none is twice as long as the other. */
export const NEAR_IDENTICAL_OVERLAP = 0.9;

/** Compares the two answers of each pair. */
export class NearIdenticalCollector implements Collector<NearIdenticalStatistics> {
  readonly #places = new FirstPlaces<PairPlace>();
  readonly #onPair: ((place: PairPlace) => void) | undefined;
  #pairs = 0;

  /** `onPair` is told of each such pair. */
  constructor(onPair?: (place: PairPlace) => void) {
    this.#onPair = onPair;
  }

  observe({ preferred, nonPreferred, place }: PairView): void {
    if (areNearlyIdentical(preferred.text, nonPreferred.text)) {
      this.#pairs += 1;
      this.#places.add(place);
      this.#onPair?.(place);
    }
  }

  merge(other: NearIdenticalCollector): void {
    this.#pairs += other.#pairs;
    this.#places.merge(other.#places);
  }

  result(): NearIdenticalStatistics {
    return { pairs: this.#pairs, places: this.#places.list() };
  }
}

/** The comparison takes longer than all else, so that what is cheap to tell goes first. */
function areNearlyIdentical(one: string, other: string): boolean {
  const areOfLikeLength = Math.min(one.length, other.length) * 2 >= Math.max(one.length, other.length);
  return (
    areOfLikeLength &&
    wordOverlapBound(one, other) >= NEAR_IDENTICAL_OVERLAP &&
    wordOverlap(one, other, NEAR_IDENTICAL_OVERLAP) >= NEAR_IDENTICAL_OVERLAP
  );
}
