import type { PairBatch } from "@dpo-kit/batch";
import { DataError, type Location } from "@dpo-kit/schema";

const NUMBERS = 2 ** 36;
const MOST_SOURCES = 2 ** 16;

/** Holds places of records as single numbers below 2^53: the source, and the line or else the ordinal. */
export class PlaceCodes {
  readonly #sources: string[] = [];
  readonly #indexes = new Map<string, number>();

  /** The number of the place of a pair's record. At most 65,536 sources. */
  encode(batch: PairBatch, pair: number, source: string): number {
    const line = batch.physicalLine[pair]!;
    const [hasLine, number] = line === 0 ? [0, batch.recordOrdinal[pair]!] : [1, line];
    return (this.#indexOf(source) * 2 + hasLine) * NUMBERS + number;
  }

  decode(code: number): Location {
    const [head, number] = [Math.floor(code / NUMBERS), code % NUMBERS];
    const source = this.#sources[Math.floor(head / 2)]!;
    return head % 2 === 1 ? { source, line: number } : { source, ordinal: number };
  }

  #indexOf(source: string): number {
    const known = this.#indexes.get(source) ?? this.#sources.length;
    if (known === this.#sources.length) {
      if (known === MOST_SOURCES) {
        throw new DataError("DEDUPE_MEMORY", {
          message: `There are more than ${MOST_SOURCES} files to compare with`,
          hint: "Join some of them into one.",
        });
      }
      this.#indexes.set(source, known);
      this.#sources.push(source);
    }
    return known;
  }
}
