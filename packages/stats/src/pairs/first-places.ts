import { comparePlaces, type PairPlace } from "./pair-place.ts";

/** How many places are shown of each finding. */
export const SHOWN_PLACES = 5;

/** Keeps the first few of all places it is told, whatever their order. */
export class FirstPlaces<Place extends PairPlace> {
  #places: Place[] = [];

  add(place: Place): void {
    const last = this.#places.at(-1);
    if (this.#places.length < SHOWN_PLACES || (last !== undefined && comparePlaces(place, last) < 0)) {
      this.#places = [...this.#places, place].sort(comparePlaces).slice(0, SHOWN_PLACES);
    }
  }

  merge(other: FirstPlaces<Place>): void {
    other.#places.forEach((place) => {
      this.add(place);
    });
  }

  list(): readonly Place[] {
    return this.#places;
  }
}
