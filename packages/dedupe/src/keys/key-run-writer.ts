import { WORDS_PER_KEY } from "@dpo-kit/batch";
import type { SpillStore } from "../spill/spill-store.ts";
import { BloomFilter } from "./bloom-filter.ts";
import { ENTRIES_PER_BLOCK, ENTRY_WORDS, KeyRun } from "./key-run.ts";

const BUFFERED_ENTRIES = 64 * ENTRIES_PER_BLOCK;

/** Writes keys, which come in order, to a run. */
export class KeyRunWriter {
  readonly #file: ReturnType<SpillStore["createFile"]>;
  readonly #filter: BloomFilter;
  readonly #fences: Uint32Array;
  readonly #buffer: Uint32Array = new Uint32Array(BUFFERED_ENTRIES * ENTRY_WORDS);
  #buffered = 0;
  #count = 0;

  /** A run of exactly `count` keys, with a filter of at most `filterBytes`. */
  constructor(spill: SpillStore, options: { count: number; filterBytes: number }) {
    this.#file = spill.createFile();
    this.#filter = new BloomFilter(options.count, options.filterBytes);
    this.#fences = new Uint32Array(Math.ceil(options.count / ENTRIES_PER_BLOCK));
  }

  add(words: Uint32Array, at: number, value: number): void {
    if (this.#count % ENTRIES_PER_BLOCK === 0) {
      this.#fences[this.#count / ENTRIES_PER_BLOCK] = words[at + 1]!;
    }
    const target = this.#buffered * ENTRY_WORDS;
    for (let word = 0; word < WORDS_PER_KEY; word += 1) {
      this.#buffer[target + word] = words[at + word]!;
    }
    this.#buffer[target + 4] = value;
    this.#buffer[target + 5] = Math.floor(value / 2 ** 32);
    this.#filter.add(words, at);
    this.#count += 1;
    this.#buffered += 1;
    if (this.#buffered === BUFFERED_ENTRIES) {
      this.#flush();
    }
  }

  /** The run, complete. */
  finish(): KeyRun {
    this.#flush();
    return new KeyRun({
      file: this.#file,
      count: this.#count,
      fences: this.#fences,
      filter: this.#filter,
    });
  }

  #flush(): void {
    this.#file.append(new Uint8Array(this.#buffer.buffer, 0, this.#buffered * ENTRY_WORDS * 4));
    this.#buffered = 0;
  }
}
