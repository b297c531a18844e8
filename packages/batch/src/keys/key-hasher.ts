import xxhash from "xxhash-wasm";
import { WORDS_PER_KEY } from "../pair-batch.ts";
import { assembleKeyKernel, layout, MAX_BYTES } from "./key-kernel-code.ts";

/**
 * The seeds of the two XXH64 that make up a key (see `docs/keys.md`): 0, and the eight letters `dpo-kit1`
 * read as one number, the first letter most significant.
 */
export const KEY_SEEDS: readonly [bigint, bigint] = [0n, 0x6470_6f2d_6b69_7431n];

/** Computes keys. One hasher may serve many encoders of a thread: it keeps nothing between calls. */
export interface KeyHasher {
  /** Writes the 128-bit key of the bytes as four words into `target`, from index `at`. */
  writeKey(bytes: Uint8Array, target: Uint32Array, at: number): void;
  /** Writes XXH64 of the bytes with seed 0 as two words, least significant first, into `target`, from `at`. */
  writeHash64(bytes: Uint8Array, target: Uint32Array, at: number): void;
  /**
   * A number in [0, 1) that a key and a seed decide: the top 53 bits of XXH64(the 16 bytes of the key, seed)
   * over 2^53. `line` counts keys, not words. The seed is a whole number from 0.
   */
  splitValue(keys: Uint32Array, line: number, seed: number): number;
}

let loading: Promise<KeyHasher> | undefined;

/** Gives the hasher of this thread; the WebAssembly module behind it is instantiated once. */
export function createKeyHasher(): Promise<KeyHasher> {
  loading ??= loadKeyHasher();
  return loading;
}

/** Hashes bytes with both seeds in one walk. */
interface KeyKernel {
  /** Where they are put, at most {@link MAX_BYTES}. */
  readonly source: Uint8Array;
  readonly hashes: DataView;
  hash(at: number, end: number): void;
}

async function loadKeyKernel(): Promise<KeyKernel> {
  const { instance } = await WebAssembly.instantiate(assembleKeyKernel(KEY_SEEDS));
  const { memory, hash } = instance.exports as unknown as Pick<KeyKernel, "hash"> & {
    memory: WebAssembly.Memory;
  };
  return {
    source: new Uint8Array(memory.buffer, layout.source, MAX_BYTES),
    hashes: new DataView(memory.buffer, layout.hashes, WORDS_PER_KEY * 4),
    hash,
  };
}

async function loadKeyHasher(): Promise<KeyHasher> {
  const [{ h64Raw }, { hash, hashes, source }] = await Promise.all([xxhash(), loadKeyKernel()]);
  const [firstSeed, secondSeed] = KEY_SEEDS;
  // A DataView, not typed arrays over one buffer, so that words come out the same on big-endian machines.
  const digest = new DataView(new ArrayBuffer(8));

  function writeSeeded(bytes: Uint8Array, seed: bigint, into: { target: Uint32Array; at: number }): void {
    digest.setBigUint64(0, h64Raw(bytes, seed), true);
    into.target[into.at] = digest.getUint32(0, true);
    into.target[into.at + 1] = digest.getUint32(4, true);
  }

  return {
    writeKey(bytes, target, at) {
      if (bytes.length <= MAX_BYTES) {
        source.set(bytes);
        hash(layout.source, layout.source + bytes.length);
        for (let word = 0; word < WORDS_PER_KEY; word += 1) {
          target[at + word] = hashes.getUint32(word * 4, true);
        }
        return;
      }
      writeSeeded(bytes, firstSeed, { target, at });
      writeSeeded(bytes, secondSeed, { target, at: at + 2 });
    },
    writeHash64(bytes, target, at) {
      writeSeeded(bytes, 0n, { target, at });
    },
    splitValue(keys, line, seed) {
      const hash = h64Raw(keyBytes(keys, line), BigInt(seed));
      return Number(hash >> 11n) / 2 ** 53;
    },
  };
}

/** The 16 bytes of a key: its words in order, each least significant byte first. */
export function keyBytes(keys: Uint32Array, line: number): Uint8Array<ArrayBuffer> {
  return concatKeys([keys], line);
}

/**
 * The bytes of the keys that one line has in several columns, one after another: what a key over several
 * keys (prompt, preferred and non-preferred answer together) is computed of.
 */
export function concatKeys(columns: readonly Uint32Array[], line: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(columns.length * WORDS_PER_KEY * 4);
  const view = new DataView(bytes.buffer);
  columns.forEach((words, column) => {
    for (let word = 0; word < WORDS_PER_KEY; word += 1) {
      view.setUint32((column * WORDS_PER_KEY + word) * 4, words[line * WORDS_PER_KEY + word]!, true);
    }
  });
  return bytes;
}

/** A key as text: 32 hexadecimal digits, the first hash as a number of 16, then the second. */
export function keyText(keys: Uint32Array, line: number): string {
  const at = line * WORDS_PER_KEY;
  return [1, 0, 3, 2].map((word) => keys[at + word]!.toString(16).padStart(8, "0")).join("");
}
