import type { EntrySorter } from "@dpo-kit/io";

/** Tells where runs of entries begin that share their first words, in sorted entries. */
export class RunStarts {
  readonly #head: Uint32Array;
  #isFirst = true;

  /** @param headWords how many words the entries of a run share. */
  constructor(headWords: number) {
    this.#head = new Uint32Array(headWords);
  }

  /** Whether this entry begins a run. To be asked once of each entry, in their order. */
  at(entry: Uint32Array): boolean {
    const head = this.#head;
    let isSame = !this.#isFirst;
    this.#isFirst = false;
    for (let word = 0; word < head.length; word += 1) {
      isSame &&= entry[word] === head[word];
      head[word] = entry[word]!;
    }
    return !isSame;
  }
}

/** How many entries each run has that shares its first words. */
export function* runSizes(sorter: EntrySorter, headWords: number): Generator<number> {
  const starts = new RunStarts(headWords);
  let size = 0;
  for (const entry of sorter.sorted()) {
    if (starts.at(entry) && size > 0) {
      yield size;
      size = 0;
    }
    size += 1;
  }
  if (size > 0) {
    yield size;
  }
}
