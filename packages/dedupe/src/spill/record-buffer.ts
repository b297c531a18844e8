import { compareRecords, type RecordShape, type RecordView } from "./record-order.ts";

/** Bits of the index of a record within a chunk. */
const CHUNK_BITS = 10;
const CHUNK_RECORDS = 1 << CHUNK_BITS;

/** Records in memory, to be sorted by their keys; those of one key stay in the order in which they came. */
export class RecordBuffer {
  count = 0;
  readonly #shape: RecordShape;
  readonly #chunks: Uint32Array[] = [];
  /** Of each word of the key all bits that any record has in it. */
  readonly #keyBits: Uint32Array;

  constructor(shape: RecordShape) {
    this.#shape = shape;
    this.#keyBits = new Uint32Array(shape.keyWords);
  }

  /** Bytes that its records take, with what sorting takes on top. */
  get byteLength(): number {
    return this.count * (this.#shape.words * 4 + 8);
  }

  add(record: Uint32Array): void {
    if (this.count === this.#chunks.length * CHUNK_RECORDS) {
      this.#chunks.push(new Uint32Array(CHUNK_RECORDS * this.#shape.words));
    }
    const { words, at } = this.#view(this.count);
    words.set(record, at);
    for (let word = 0; word < this.#keyBits.length; word += 1) {
      this.#keyBits[word]! |= record[word]!;
    }
    this.count += 1;
  }

  clear(): void {
    this.count = 0;
    this.#keyBits.fill(0);
    this.#chunks.length = Math.min(this.#chunks.length, 1);
  }

  /** The records in order. */
  *sorted(): Generator<RecordView> {
    for (const index of this.#order()) {
      yield this.#view(index);
    }
  }

  #view(index: number): RecordView {
    const words = this.#chunks[index >>> CHUNK_BITS]!;
    return { words, at: (index & (CHUNK_RECORDS - 1)) * this.#shape.words };
  }

  /**
   * The indexes of the records in order. Sorting plain numbers is many times faster than sorting by a function:
   * so the first bits of the key and the index are made one number, and only where these bits are the same
   * the keys are compared.
   */
  *#order(): Generator<number> {
    const indexBits = 32 - Math.clz32(this.count);
    const scale = 2 ** indexBits;
    const packed = this.#packedWith(indexBits).sort();
    for (let start = 0, end = 0; start < packed.length; start = end) {
      const bits = Math.floor(packed[start]! / scale);
      for (end = start + 1; end < packed.length && Math.floor(packed[end]! / scale) === bits; end += 1) {}
      if (end === start + 1) {
        yield packed[start]! % scale;
      } else {
        yield* this.#ordered(Array.from(packed.subarray(start, end), (number) => number % scale));
      }
    }
  }

  /** Of each record the first bits of its key, as many as 53 have room for, before its index. */
  #packedWith(indexBits: number): Float64Array {
    const word = Math.max(
      0,
      this.#keyBits.findIndex((bits) => bits !== 0),
    );
    const keyBits = 32 - Math.clz32(this.#keyBits[word]!);
    const keyShift = Math.max(0, keyBits + indexBits - 53);
    const packed = new Float64Array(this.count);
    for (let index = 0; index < this.count; index += 1) {
      const { words, at } = this.#view(index);
      packed[index] = (words[at + word]! >>> keyShift) * 2 ** indexBits + index;
    }
    return packed;
  }

  /** Sorts the indexes of records whose keys begin alike. */
  #ordered(indexes: number[]): number[] {
    const compare = (one: number, other: number) =>
      compareRecords(this.#shape, this.#view(one), this.#view(other));
    return indexes.sort(compare);
  }
}
