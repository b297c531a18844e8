import { hashText, KeySample } from "./key-sample.ts";

type Sides = readonly [preferred: number, nonPreferred: number];

/** How often a text was counted on each side. */
export interface SideCount {
  readonly text: string;
  readonly preferred: number;
  readonly nonPreferred: number;
}

/** Counts texts, such as names of models, by the side they stand on; of too many different ones a sample. */
export class SideCounts {
  readonly #sample: KeySample<Sides>;

  constructor(capacity: number) {
    this.#sample = new KeySample(capacity);
  }

  /** Counts what stands on the two sides of a pair. */
  addPair(preferred: string, nonPreferred: string): void {
    this.#sample.update(preferred, hashText(preferred), (known) => addSides(known, [1, 0]));
    this.#sample.update(nonPreferred, hashText(nonPreferred), (known) => addSides(known, [0, 1]));
  }

  merge(other: SideCounts): void {
    this.#sample.merge(other.#sample, addSides);
  }

  /** What was counted, by text in order of code units. */
  list(): SideCount[] {
    return this.#sample
      .entries()
      .map(([text, [preferred, nonPreferred]]) => ({ text, preferred, nonPreferred }));
  }

  /** False where there were more texts than fit. */
  get exact(): boolean {
    return this.#sample.weight === 1;
  }
}

function addSides(one: Sides | undefined, other: Sides): Sides {
  return [(one?.[0] ?? 0) + other[0], (one?.[1] ?? 0) + other[1]];
}
