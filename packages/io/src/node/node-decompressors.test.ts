import * as zlib from "node:zlib";
import { gzipSync } from "node:zlib";
import { arbitraryChunking, chunked, collectBytes } from "@dpo-kit/testkit";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Decompress } from "../decompression.ts";
import { gunzip } from "../gunzip.ts";
import { nodeDecompressors } from "./node-decompressors.ts";

async function result(unpack: Decompress, bytes: Uint8Array, sizes: readonly number[]): Promise<string> {
  try {
    return Buffer.from(await collectBytes(unpack(chunked(bytes, sizes), {}))).toString("latin1");
  } catch (error) {
    return (error as { code: string }).code;
  }
}

test("Node's and the portable one agree: on members, padding, what follows, and damage", async () => {
  const part = fc.oneof(
    { weight: 5, arbitrary: fc.string({ maxLength: 300 }).map((text) => gzipSync(text)) },
    {
      weight: 1,
      arbitrary: fc.constantFrom(Buffer.alloc(3), Buffer.alloc(700), Buffer.from("x"), Buffer.from([0x1f])),
    },
  );
  const damage = fc.option(fc.tuple(fc.nat(), fc.constantFrom("cut", "flip")));
  await fc.assert(
    fc.asyncProperty(
      fc.array(part, { minLength: 1, maxLength: 4 }),
      damage,
      arbitraryChunking(),
      async (parts, harm, sizes) => {
        let bytes: Uint8Array = Buffer.concat([gzipSync("first"), ...parts]);
        if (harm !== null) {
          const at = harm[0] % bytes.length;
          // Bytes of the header's time and system may be anything, and are: damage there is none.
          bytes =
            harm[1] === "cut"
              ? bytes.subarray(0, Math.max(at, 2))
              : bytes.with(Math.max(at, 10), bytes[at]! ^ 0x41);
        }
        expect(await result(nodeDecompressors.gzip, bytes, sizes)).toBe(await result(gunzip, bytes, sizes));
      },
    ),
    { numRuns: 300 },
  );
});

describe.each([
  ["Node's", nodeDecompressors.gzip],
  ["the portable one", gunzip],
])("%s", (_, unpack) => {
  test("stops a bomb of 10 GB", async () => {
    // Members of 100 MB of zeros: what is unpacked has no end that matters.
    const member = gzipSync(new Uint8Array(100_000_000), { level: 9 });
    async function* bomb(): AsyncGenerator<Uint8Array> {
      for (let turn = 0; turn < 100; turn += 1) {
        yield member;
      }
    }
    await expect(collectBytes(unpack(bomb(), {}))).rejects.toMatchObject({ code: "IO_DECOMPRESSION_BOMB" });
  });

  test("closes its source when it is left, and when it fails", async () => {
    const packed = gzipSync(new Uint8Array(10_000_000));
    let closed = 0;
    async function* source(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
      try {
        for (let at = 0; ; at += 100) {
          yield bytes.subarray(at % bytes.length, (at % bytes.length) + 100);
        }
      } finally {
        closed += 1;
      }
    }
    for await (const piece of unpack(source(packed), {})) {
      expect(piece.length).toBeGreaterThan(0);
      break;
    }
    expect(closed).toBe(1);
    await expect(collectBytes(unpack(source(Buffer.from("\x1f\x8bno")), {}))).rejects.toMatchObject({
      code: "IO_DECOMPRESSION_FAILED",
    });
    expect(closed).toBe(2);
  });

  test("passes on what is wrong with its source", async () => {
    async function* source(): AsyncGenerator<Uint8Array> {
      yield gzipSync("text").subarray(0, 20);
      throw new RangeError("gone");
    }
    await expect(collectBytes(unpack(source(), {}))).rejects.toThrow(new RangeError("gone"));
  });
});

const { zstdCompressSync } = zlib as { zstdCompressSync?: (bytes: Uint8Array) => Uint8Array };

test.runIf(zstdCompressSync !== undefined)("Zstandard, where this Node has it", async () => {
  const packed = zstdCompressSync!(Buffer.from("text"));
  expect(await result(nodeDecompressors.zstd!, packed, [1])).toBe("text");
  expect(await result(nodeDecompressors.zstd!, packed.subarray(0, -1), [9])).toBe("IO_DECOMPRESSION_FAILED");
});
