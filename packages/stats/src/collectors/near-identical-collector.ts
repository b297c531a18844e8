import { FirstPlaces } from "../pairs/first-places.ts";
import type { PairPlace } from "../pairs/pair-place.ts";
import type { PairView } from "../pairs/pair-view.ts";
import { wordOverlap } from "../pairs/word-overlap.ts";
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
  #pairs = 0;

  observe({ preferred, nonPreferred, place }: PairView): void {
    const lengths = [preferred.text.length, nonPreferred.text.length];
    const areOfLikeLength = Math.min(...lengths) * 2 >= Math.max(...lengths);
    // The comparison takes longer than all else, and of lengths further apart it has one answer.
    if (areOfLikeLength && wordOverlap(preferred.text, nonPreferred.text) >= NEAR_IDENTICAL_OVERLAP) {
      this.#pairs += 1;
      this.#places.add(place);
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
