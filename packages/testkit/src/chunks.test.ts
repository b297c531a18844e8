import fc from "fast-check";
import { expect, test } from "vitest";
import { arbitraryChunking, byteAtATime, chunked, collect, collectBytes } from "./chunks.ts";

test("one byte at a time", async () => {
  const pieces = await collect(byteAtATime("é\n"));
  expect(pieces.map((piece) => [...piece])).toEqual([[0xc3], [0xa9], [0x0a]]);
});

test("sizes are begun again, and a size of 0 gives an empty piece", async () => {
  const pieces = await collect(chunked(Uint8Array.from([1, 2, 3, 4, 5]), [2, 0, 1]));
  expect(pieces.map((piece) => [...piece])).toEqual([[1, 2], [], [3], [4, 5]]);
});

test("sizes that are all 0 still come to an end", async () => {
  expect(Buffer.from(await collectBytes(chunked("abc", [0]))).toString()).toBe("abc");
});

test("any chunking gives all bytes in order", async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 400 }), arbitraryChunking(), async (bytes, sizes) => {
      expect([...(await collectBytes(chunked(bytes, sizes)))]).toEqual([...bytes]);
    }),
  );
});
