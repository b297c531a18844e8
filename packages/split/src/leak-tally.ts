import type { LeakOverlap, LeakPlace, LeakReport } from "./leak-check.ts";

/** How many prompts that leak are shown with their places. */
const SHOWN = 20;

/** Where a file has a prompt first, and how many of its lines have it. */
type PlaceAndLines = LeakPlace & { readonly lines: number };

interface Overlap extends LeakOverlap {
  prompts: number;
  readonly lines: [number, number];
}

/** Counts prompts by the files they are in. */
export class LeakTally {
  readonly #files: { readonly lines: number; prompts: number }[];
  readonly #overlaps = new Map<string, Overlap>();
  #sharedPrompts = 0;
  #examples: LeakPlace[][] = [];

  /** @param lineCounts of each file the number of its lines. */
  constructor(lineCounts: readonly number[]) {
    this.#files = lineCounts.map((lines) => ({ lines, prompts: 0 }));
  }

  /** Counts a prompt that is in these files, given in their order. In none, it does not count. */
  add(places: readonly PlaceAndLines[]): void {
    for (const { file } of places) {
      this.#files[file]!.prompts += 1;
    }
    if (places.length > 1) {
      this.#sharedPrompts += 1;
      this.#show(places.map(({ file, line }) => ({ file, line })));
      places.forEach((first, index) => {
        for (const second of places.slice(index + 1)) {
          this.#overlap(first, second);
        }
      });
    }
  }

  report(): LeakReport {
    const overlaps = [...this.#overlaps.values()].sort(
      (left, right) => left.files[0] - right.files[0] || left.files[1] - right.files[1],
    );
    return {
      files: this.#files,
      overlaps,
      sharedPrompts: this.#sharedPrompts,
      examples: this.#examples,
    };
  }

  #overlap(first: PlaceAndLines, second: PlaceAndLines): void {
    const name = `${first.file} ${second.file}`;
    const overlap = this.#overlaps.get(name) ?? {
      files: [first.file, second.file],
      prompts: 0,
      lines: [0, 0],
    };
    overlap.prompts += 1;
    overlap.lines[0] += first.lines;
    overlap.lines[1] += second.lines;
    this.#overlaps.set(name, overlap);
  }

  /** Keeps those that come first. */
  #show(places: LeakPlace[]): void {
    const isBefore = (other: LeakPlace[]) =>
      (other[0]!.file - places[0]!.file || other[0]!.line - places[0]!.line) > 0;
    const index = this.#examples.findIndex(isBefore);
    this.#examples.splice(index === -1 ? this.#examples.length : index, 0, places);
    this.#examples.length = Math.min(this.#examples.length, SHOWN);
  }
}
