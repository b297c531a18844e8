import { DataError } from "@dpo-kit/schema";
import type { MemoryOptions } from "../spill/memory-options.ts";
import { DEFAULT_MEMORY } from "../spill/memory-options.ts";
import type { SpillFile } from "../spill/spill-store.ts";
import type { PairShingles } from "./pair-shingles.ts";

/** Keeps the shingles of many pairs, numbered from 0: in memory, and what does not fit on disk. */
export class ShingleLog {
  count = 0;
  readonly #options: MemoryOptions;
  readonly #inMemory: PairShingles[] = [];
  /** Of those on disk where each begins in the file. */
  readonly #starts: number[] = [];
  #bytes = 0;
  #file: SpillFile | undefined;

  constructor(options: MemoryOptions) {
    this.#options = options;
  }

  /** @throws DEDUPE_MEMORY IO_WRITE_FAILED */
  add(shingles: PairShingles): void {
    this.count += 1;
    if (this.#bytes < (this.#options.memory ?? DEFAULT_MEMORY)) {
      this.#inMemory.push(shingles);
      this.#bytes += shingles.reduce((bytes, part) => bytes + part.byteLength + 100, 100);
    } else {
      this.#spill(shingles);
    }
  }

  read(number: number): PairShingles {
    return this.#inMemory[number] ?? this.#readSpilled(number - this.#inMemory.length);
  }

  close(): void {
    this.#file?.remove();
    this.#file = undefined;
    this.#inMemory.length = 0;
  }

  /** Writes the number of parts, the length of each, then all of them. */
  #spill(shingles: PairShingles): void {
    const { spill, memory } = this.#options;
    if (spill === undefined) {
      throw new DataError("DEDUPE_MEMORY", {
        message: `The texts of ${this.count} held-out pairs fill the ${memory} bytes that they may take`,
      });
    }
    this.#file ??= spill.createFile();
    this.#starts.push(this.#file.byteLength);
    const head = Float64Array.of(shingles.length, ...shingles.map((part) => part.length));
    for (const numbers of [head, ...shingles]) {
      this.#file.append(new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength));
    }
  }

  #readSpilled(number: number): PairShingles {
    const start = this.#starts[number]!;
    const [parts] = this.#readNumbers(start, 1);
    const lengths = this.#readNumbers(start + 8, parts!);
    let at = start + 8 + parts! * 8;
    return Array.from(lengths, (length) => {
      at += length * 8;
      return this.#readNumbers(at - length * 8, length);
    });
  }

  #readNumbers(position: number, count: number): Float64Array {
    const numbers = new Float64Array(count);
    this.#file!.read(new Uint8Array(numbers.buffer), position);
    return numbers;
  }
}
