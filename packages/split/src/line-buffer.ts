import { type EntrySorter, memoryEntrySorters, readNumber, writeNumber } from "@dpo-kit/io";

/** Words of the place of a line: by them lines are sorted, the first the most significant. */
export const WORDS_PER_PLACE = 7;

/** A line and the words of its place. */
export interface PlacedLine {
  readonly place: Uint32Array;
  readonly line: Uint8Array;
}

/** An entry of the index: the place of a line, where it begins in two words, its length. */
const START_AT = WORDS_PER_PLACE;
const LENGTH_AT = START_AT + 2;
const WIDTH = LENGTH_AT + 1;
/** What a line takes beside its bytes: its entry, and two numbers while it is sorted. */
const BYTES_PER_LINE = (WIDTH + 2) * 4;
const FIRST_BYTES = 1 << 16;

const createIndex = memoryEntrySorters({ maxBytes: Number.POSITIVE_INFINITY });

/** Lines in memory, and their places. */
export class LineBuffer {
  #bytes = new Uint8Array(FIRST_BYTES);
  #length = 0;
  #index: EntrySorter = createIndex(WIDTH);
  readonly #entry = new Uint32Array(WIDTH);

  /** About how much memory its lines take. */
  get byteCount(): number {
    return this.#length + this.#index.count * BYTES_PER_LINE;
  }

  add(places: Uint32Array, at: number, line: Uint8Array): void {
    this.#makeRoom(this.#length + line.length);
    this.#bytes.set(line, this.#length);
    this.#entry.set(places.subarray(at, at + WORDS_PER_PLACE));
    writeNumber(this.#entry, START_AT, this.#length);
    this.#entry[LENGTH_AT] = line.length;
    this.#index.add(this.#entry);
    this.#length += line.length;
  }

  /** The lines in order, each valid until the buffer changes. */
  *sorted(): Generator<PlacedLine> {
    for (const entry of this.#index.sorted()) {
      const start = readNumber(entry, START_AT);
      const line = this.#bytes.subarray(start, start + entry[LENGTH_AT]!);
      yield { place: entry.subarray(0, WORDS_PER_PLACE), line };
    }
  }

  /** Forgets the lines, and gives back the room. */
  clear(): void {
    this.#bytes = new Uint8Array(FIRST_BYTES);
    this.#length = 0;
    this.#index.close();
  }

  #makeRoom(length: number): void {
    if (length > this.#bytes.length) {
      const larger = new Uint8Array(Math.max(length, this.#bytes.length * 2));
      larger.set(this.#bytes);
      this.#bytes = larger;
    }
  }
}
