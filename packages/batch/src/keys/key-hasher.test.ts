import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { slowXxh64 } from "../../test/reference-keys.ts";
import { concatKeys, createKeyHasher, KEY_SEEDS, keyBytes } from "./key-hasher.ts";
import { MAX_BYTES } from "./key-kernel-code.ts";

const hasher = await createKeyHasher();

/** The buffer of xxHash's sanity check: the top bytes of a number multiplied by a prime again and again. */
function sanityBuffer(length: number): Uint8Array {
  let state = 2654435761n;
  return Uint8Array.from({ length }, () => {
    const byte = Number(state >> 56n);
    state = BigInt.asUintN(64, state * 11400714785074694797n);
    return byte;
  });
}

function hash64(bytes: Uint8Array): bigint {
  const words = new Uint32Array(2);
  hasher.writeHash64(bytes, words, 0);
  return (BigInt(words[1]!) << 32n) | BigInt(words[0]!);
}

function keyOf(bytes: Uint8Array): Uint32Array {
  const words = new Uint32Array(4);
  hasher.writeKey(bytes, words, 0);
  return words;
}

/** https://github.com/Cyan4973/xxHash/blob/dd11140c2dc5d53a3c0a949d67af7f40f546878e/cli/xsum_sanity_check.c */
const published: [length: number, seed: bigint, hash: bigint][] = [
  [0, 0n, 0xef46db3751d8e999n],
  [0, 2654435761n, 0xac75fda2929b17efn],
  [1, 0n, 0xe934a84adb052768n],
  [1, 2654435761n, 0x5014607643a9b4c3n],
  [4, 0n, 0x9136a0dca57457een],
  [14, 0n, 0x8282dcc4994e35c8n],
  [14, 2654435761n, 0xc3bd6bf63deb6df0n],
  [222, 0n, 0xb641ae8cb691c174n],
  [222, 2654435761n, 0x20cb8ab7ae10c14an],
];

describe("XXH64", () => {
  it.each(published)("of %i sanity bytes with seed %i is as published", (length, seed, hash) => {
    expect(slowXxh64([...sanityBuffer(length)], seed)).toBe(hash);
    if (seed === 0n) {
      expect(hash64(sanityBuffer(length))).toBe(hash);
    }
  });

  // https://github.com/ClickHouse/ClickHouse/blob/master/tests/queries/0_stateless/00803_xxhash.sql
  it.each([
    ["ABC", 0xe66ae7354fcfee98n],
    ["xxhash", 0x32dd38952c4bc720n],
    ["foo", 3728699739546630719n],
  ])("of %s is as published", (text, hash) => {
    expect(hash64(new TextEncoder().encode(text))).toBe(hash);
  });
});

describe("writeKey", () => {
  it("is XXH64 with the first seed, then with the second, least significant word first", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        const hashes = KEY_SEEDS.map((seed) => slowXxh64([...bytes], seed));
        const words = hashes.flatMap((hash) => [Number(hash & 0xffffffffn), Number(hash >> 32n)]);
        expect([...keyOf(bytes)]).toEqual(words);
      }),
    );
  });

  it("writes at the index given and nowhere else", () => {
    const words = new Uint32Array(12);
    hasher.writeKey(Uint8Array.of(1, 2, 3), words, 4);
    expect([...words.subarray(0, 4), ...words.subarray(8)]).toEqual(Array(8).fill(0));
    expect(words.subarray(4, 8)).toEqual(keyOf(Uint8Array.of(1, 2, 3)));
  });

  it("hashes a view, not the buffer behind it", () => {
    const bytes = Uint8Array.of(9, 1, 2, 3, 9);
    expect(keyOf(bytes.subarray(1, 4))).toEqual(keyOf(Uint8Array.of(1, 2, 3)));
  });

  it("takes more than the memory of the module holds at first", () => {
    const bytes = new Uint8Array(300_000).fill(7);
    expect(hash64(bytes)).toBe(slowXxh64([...bytes], 0n));
  });
});

it.each([MAX_BYTES - 1, MAX_BYTES, MAX_BYTES + 1])("a key of %i bytes begins with their hash", (length) => {
  const bytes = Uint8Array.from({ length }, (_, index) => (index * index) >> 3);
  const words = keyOf(bytes);
  expect((BigInt(words[1]!) << 32n) | BigInt(words[0]!)).toBe(hash64(bytes));
});

describe("keyBytes and concatKeys", () => {
  it("write words in order, least significant byte first", () => {
    const words = Uint32Array.of(0, 0, 0, 0, 0x04030201, 0x08070605, 0x0c0b0a09, 0x100f0e0d);
    const bytes = Array.from({ length: 16 }, (_, index) => index + 1);
    expect([...keyBytes(words, 1)]).toEqual(bytes);
    expect([...concatKeys([words, words], 1)]).toEqual([...bytes, ...bytes]);
  });
});

describe("splitValue", () => {
  it("is the top 53 bits of XXH64 of the key's bytes over 2^53", () => {
    const key = keyOf(Uint8Array.of(5));
    const hash = slowXxh64([...keyBytes(key, 0)], 42n);
    expect(hasher.splitValue(key, 0, 42)).toBe(Number(hash >> 11n) / 2 ** 53);
  });

  it("spreads keys evenly, and otherwise for another seed", () => {
    const values = Array.from({ length: 4000 }, (_, index) =>
      hasher.splitValue(keyOf(Uint8Array.of(index, index >> 8)), 0, 42),
    );
    const below = values.filter((value) => value < 0.25).length;
    expect(Math.min(...values)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...values)).toBeLessThan(1);
    expect(below).toBeGreaterThan(900);
    expect(below).toBeLessThan(1100);
    expect(hasher.splitValue(keyOf(Uint8Array.of(1, 0)), 0, 43)).not.toBe(values[1]);
  });
});
