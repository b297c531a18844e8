import { KeySlots, SLOT_BYTES } from "./key-slots.ts";

const SHARD_BITS = 6;
const SHARDS = 1 << SHARD_BITS;
const FIRST_LENGTH = 64;
const LEAST_LENGTH = 8;

/**
 * A key table in 64 parts, by the highest bits of the keys. Parts grow one at a time, so that growing takes next
 * to no memory on top.
 */
export class KeyShards {
  size = 0;
  readonly #mostLength: number;
  readonly #shards: KeySlots[];

  /** `memory`: about how many bytes it may take. */
  constructor(memory: number) {
    this.#mostLength = Math.max(LEAST_LENGTH, Math.floor(memory / SLOT_BYTES / (SHARDS + 1)));
    const length = Math.min(FIRST_LENGTH, this.#mostLength);
    this.#shards = Array.from({ length: SHARDS }, () => new KeySlots(length, SHARD_BITS));
  }

  /** The number of a key; -1 where it is not known. */
  find(words: Uint32Array, at: number): number {
    const shard = this.#shards[shardOf(words, at)]!;
    return shard.valueAt(shard.locate(words, at));
  }

  /** Remembers a key that is not known yet; false where there is no room for it. */
  put(words: Uint32Array, at: number, value: number): boolean {
    const index = shardOf(words, at);
    for (let shard = this.#shards[index]; shard !== undefined; shard = this.#grow(index)) {
      if (shard.put(shard.locate(words, at), { words, at, value })) {
        this.size += 1;
        return true;
      }
    }
    return false;
  }

  /** Visits all keys in order. Nothing can be found or put afterwards. */
  forEachSorted(visit: (words: Uint32Array, at: number, value: number) => void): void {
    for (const shard of this.#shards) {
      shard.sort();
      shard.forEach(visit);
    }
  }

  /** The part in twice the length, or the longest it may have; undefined where it has that. */
  #grow(index: number): KeySlots | undefined {
    const shard = this.#shards[index]!;
    if (shard.length >= this.#mostLength) {
      return undefined;
    }
    const grown = new KeySlots(Math.min(shard.length * 2, this.#mostLength), SHARD_BITS);
    let isComplete = true;
    shard.forEach((words, at, value) => {
      isComplete &&= grown.put(grown.locate(words, at), { words, at, value });
    });
    if (!isComplete) {
      return undefined;
    }
    this.#shards[index] = grown;
    return grown;
  }
}

function shardOf(words: Uint32Array, at: number): number {
  return words[at + 1]! >>> (32 - SHARD_BITS);
}
