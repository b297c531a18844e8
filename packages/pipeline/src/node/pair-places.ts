import { readSync } from "node:fs";
import { type FileHandle, mkdtemp, open, rm } from "node:fs/promises";
import { join } from "node:path";
import type { PairBatch } from "@dpo-kit/batch";

/** Where a pair comes from. */
export interface PairPlace {
  readonly sourceId: number;
  readonly recordOrdinal: number;
  /** 0 where the source has no lines. */
  readonly physicalLine: number;
  readonly pairInRecord: number;
}

/** Remembers where all pairs of a run come from, by their numbers. */
export interface PairPlaces {
  /** Takes the next batch. */
  add(batch: PairBatch): Promise<void>;
  /** The place of the pair of that number, from 0 in the order of adding. */
  find(pair: number): PairPlace;
  /** Safe to call more than once. */
  close(): Promise<void>;
}

/** Numbers that are kept of each pair. */
const WIDTH = 4;
/** Pairs that are held in memory: 1 MiB of them. */
const HELD = 1 << 15;

/** Keeps places in memory, and past 32,768 pairs in a file in a folder of its own inside `parent`. */
export function createPairPlaces(parent: string): PairPlaces {
  return new Places(parent);
}

class Places implements PairPlaces {
  readonly #parent: string;
  readonly #held = new Float64Array(HELD * WIDTH);
  #count = 0;
  #stored = 0;
  #folder: string | undefined;
  #file: FileHandle | undefined;

  constructor(parent: string) {
    this.#parent = parent;
  }

  async add(batch: PairBatch): Promise<void> {
    const { sourceId, recordOrdinal, physicalLine, pairInRecord } = batch;
    for (let pair = 0; pair < batch.count; pair += 1) {
      if (this.#count - this.#stored === HELD) {
        await this.#store();
      }
      const place = [sourceId[pair]!, recordOrdinal[pair]!, physicalLine[pair]!, pairInRecord[pair]!];
      this.#held.set(place, (this.#count - this.#stored) * WIDTH);
      this.#count += 1;
    }
  }

  find(pair: number): PairPlace {
    const [sourceId, recordOrdinal, physicalLine, pairInRecord] =
      pair < this.#stored
        ? this.#read(pair)
        : this.#held.subarray((pair - this.#stored) * WIDTH, (pair - this.#stored + 1) * WIDTH);
    return {
      sourceId: sourceId!,
      recordOrdinal: recordOrdinal!,
      physicalLine: physicalLine!,
      pairInRecord: pairInRecord!,
    };
  }

  #read(pair: number): Float64Array {
    const place = new Float64Array(WIDTH);
    readSync(this.#file!.fd, place, 0, place.byteLength, pair * place.byteLength);
    return place;
  }

  async #store(): Promise<void> {
    this.#folder ??= await mkdtemp(join(this.#parent, ".dpo-places-"));
    this.#file ??= await open(join(this.#folder, "places"), "wx+", 0o600);
    const bytes = new Uint8Array(this.#held.buffer);
    const start = this.#stored * WIDTH * this.#held.BYTES_PER_ELEMENT;
    // A write may take less than it is given.
    for (let at = 0; at < bytes.length; ) {
      at += (await this.#file.write(bytes, at, bytes.length - at, start + at)).bytesWritten;
    }
    this.#stored = this.#count;
  }

  async close(): Promise<void> {
    await this.#file?.close();
    this.#file = undefined;
    if (this.#folder !== undefined) {
      await rm(this.#folder, { recursive: true, force: true });
      this.#folder = undefined;
    }
  }
}
