import { arbitraryChunking, chunked, collectBytes } from "@dpo-kit/testkit";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { unzstd } from "./unzstd.ts";

const unpack = async (bytes: Uint8Array, sizes: readonly number[] = [bytes.length]) =>
  Buffer.from(await collectBytes(unzstd(chunked(bytes, sizes)))).toString();

/** What `zstd -19` makes of `"a line of text\n"` ten thousand times, with its checksum. */
const packed = Buffer.from("KLUv/QRovAAAeGEgbGluZSBvZiB0ZXh0CgEA7v+SzzpFAAAAAQDtiewTCGkwVik=", "base64");

/** A frame of raw blocks (https://datatracker.ietf.org/doc/html/rfc8878#section-3.1.1), without a checksum. */
function rawFrame(content: Uint8Array): Uint8Array {
  const head = Buffer.alloc(12);
  head.writeUInt32LE(0xfd2fb528, 0);
  head[4] = 0xa0;
  head.writeUInt32LE(content.length, 5);
  head.writeUIntLE((content.length << 3) | 1, 9, 3);
  return Buffer.concat([head, content]);
}

/** A frame of blocks that each repeat a byte 128 KiB times. */
function repeating(blocks: number): Uint8Array {
  const block = Buffer.alloc(4);
  block.writeUIntLE(((1 << 17) << 3) | 2, 0, 3);
  const last = Buffer.from(block);
  last[0]! |= 1;
  const head = Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0x00, 0x50]);
  return Buffer.concat([head, ...Array.from({ length: blocks - 1 }, () => block), last]);
}

describe("unzstd", () => {
  test("unpacks what the zstd program packs, whatever the chunks", async () => {
    const text = "a line of text\n".repeat(10_000);
    await fc.assert(
      fc.asyncProperty(arbitraryChunking(), async (sizes) => {
        expect((await unpack(packed, sizes)) === text).toBe(true);
      }),
      { numRuns: 20 },
    );
  });

  test("frames one after the other", async () => {
    const frames = ["one ", "two ", "three"].map((text) => rawFrame(Buffer.from(text)));
    expect(await unpack(Buffer.concat(frames), [3])).toBe("one two three");
  });

  test("cut off anywhere, it says so", async () => {
    for (let length = 4; length < packed.length; length += 1) {
      await expect(unpack(packed.subarray(0, length))).rejects.toMatchObject({
        code: "IO_DECOMPRESSION_FAILED",
      });
    }
  });

  test("other data behind the end is an error", async () => {
    const bytes = Buffer.concat([rawFrame(Buffer.from("text")), Buffer.from("more than a header is long")]);
    await expect(unpack(bytes)).rejects.toMatchObject({ code: "IO_DECOMPRESSION_FAILED" });
  });

  test("a bomb is stopped", async () => {
    await expect(collectBytes(unzstd(chunked(repeating(100_000), [65_536])))).rejects.toMatchObject({
      code: "IO_DECOMPRESSION_BOMB",
    });
  });

  test("a window that the library misreads is refused, unless the content is smaller", async () => {
    const frame = (...header: number[]) =>
      Buffer.concat([Buffer.from([0x28, 0xb5, 0x2f, 0xfd, ...header]), Buffer.from([0x09, 0, 0, 0x61])]);
    // 2 to the power of 10 + 17, as `zstd --long` takes it; then with a content of one byte.
    await expect(unpack(frame(0x00, 17 << 3))).rejects.toMatchObject({
      code: "IO_DECOMPRESSION_FAILED",
      hint: expect.stringContaining("zstd -d --long=31"),
    });
    expect(await unpack(frame(0x80, 17 << 3, 1, 0, 0, 0))).toBe("a");
    expect(await unpack(frame(0x00, 15 << 3))).toBe("a");
  });

  test("small data may repeat itself", async () => {
    expect(await collectBytes(unzstd(chunked(repeating(8), [7])))).toHaveLength(8 << 17);
  });
});
