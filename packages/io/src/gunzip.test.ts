import { constants, deflateRawSync, gzipSync } from "node:zlib";
import { arbitraryChunking, byteAtATime, chunked, collectBytes, createRandom } from "@dpo-kit/testkit";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { crc32 } from "./crc32.ts";
import { gunzip } from "./gunzip.ts";

const unpack = (bytes: Uint8Array, sizes: readonly number[] = [bytes.length]) =>
  collectBytes(gunzip(chunked(bytes, sizes)));

/** Repetitive words, so that every kind of symbol and match occurs. */
function someText(seed: number, words: number): Uint8Array {
  const random = createRandom(seed);
  const parts = Array.from(
    { length: words },
    () => `word${random.integer(0, random.pick([9, 99, 99_999]))} `,
  );
  return Buffer.from(parts.join(""));
}

describe("gunzip", () => {
  test("unpacks what zlib packs, at every level and strategy, whatever the chunks", async () => {
    const level = fc.integer({ min: 0, max: 9 });
    const strategy = fc.constantFrom(
      constants.Z_DEFAULT_STRATEGY,
      constants.Z_FIXED,
      constants.Z_HUFFMAN_ONLY,
      constants.Z_RLE,
    );
    const content = fc.oneof(
      fc.uint8Array({ maxLength: 2_000 }),
      fc.tuple(fc.nat(), fc.integer({ min: 0, max: 400 })).map(([seed, words]) => someText(seed, words)),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(content, { minLength: 1, maxLength: 3 }),
        level,
        strategy,
        arbitraryChunking(),
        async (members, level, strategy, sizes) => {
          const packed = Buffer.concat(members.map((one) => gzipSync(one, { level, strategy })));
          expect(Buffer.from(await unpack(packed, sizes)).equals(Buffer.concat(members))).toBe(true);
        },
      ),
    );
  });

  test("more than a window, many blocks, and members one after the other", async () => {
    const text = someText(5, 300_000);
    const packed = Buffer.concat([
      gzipSync(text, { level: 9 }),
      gzipSync(text, { level: 0 }),
      gzipSync(text),
    ]);
    const unpacked = Buffer.from(await unpack(packed, [70_001]));
    expect(unpacked.equals(Buffer.concat([text, text, text]))).toBe(true);
  });

  test("one byte at a time", async () => {
    const text = someText(6, 3_000);
    expect(Buffer.from(await collectBytes(gunzip(byteAtATime(gzipSync(text))))).equals(text)).toBe(true);
  });

  test("a header with everything in it", async () => {
    const header = [0x1f, 0x8b, 8, 0x1f, 1, 2, 3, 4, 0, 3, 2, 0, 7, 7, 110, 0, 99, 0, 0xab, 0xcd];
    const trailer = Buffer.alloc(8);
    trailer.writeUInt32LE(crc32(Buffer.from("text")), 0);
    trailer.writeUInt32LE(4, 4);
    const packed = Buffer.concat([Buffer.from(header), deflateRawSync("text"), trailer]);
    expect(Buffer.from(await unpack(packed, [1])).toString()).toBe("text");
  });

  test("NUL bytes behind the end are padding", async () => {
    const packed = Buffer.concat([gzipSync("text"), Buffer.alloc(600)]);
    expect(Buffer.from(await unpack(packed, [7])).toString()).toBe("text");
  });

  test("cut off anywhere, it says so", async () => {
    const packed = gzipSync(someText(7, 300));
    for (let length = 1; length < packed.length; length += 1) {
      await expect(unpack(packed.subarray(0, length), [11])).rejects.toMatchObject({
        code: "IO_DECOMPRESSION_FAILED",
        message: expect.stringContaining("cut off"),
      });
    }
  });

  test("with any byte changed it fails or gives the same text, and never hangs", async () => {
    const text = someText(8, 200);
    const packed = gzipSync(text);
    for (let at = 0; at < packed.length; at += 1) {
      const damaged = Uint8Array.from(packed);
      damaged[at]! ^= 1 << (at % 8);
      const result = await unpack(damaged).catch((error: { code: string }) => error.code);
      // What stands in the header beside its magic changes no byte of the text.
      expect(typeof result === "string" ? result : Buffer.from(result).equals(text)).toBe(
        typeof result === "string" ? "IO_DECOMPRESSION_FAILED" : true,
      );
    }
  });

  test("other data behind the end is an error", async () => {
    const packed = Buffer.concat([gzipSync("text"), Buffer.from("more")]);
    await expect(unpack(packed)).rejects.toMatchObject({ code: "IO_DECOMPRESSION_FAILED" });
  });

  test("a bomb is stopped, and can be let through", async () => {
    const bomb = gzipSync(new Uint8Array(80 * 1024 * 1024), { level: 9 });
    const drain = async (maxRatio?: number) => {
      let length = 0;
      for await (const piece of gunzip(chunked(bomb, [65_536]), maxRatio === undefined ? {} : { maxRatio })) {
        length += piece.length;
      }
      return length;
    };
    await expect(drain()).rejects.toMatchObject({ code: "IO_DECOMPRESSION_BOMB" });
    expect(await drain(2_000)).toBe(80 * 1024 * 1024);
  });
});
