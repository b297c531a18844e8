import { expect, test } from "vitest";
import { createCompressor, type OutputSink } from "./compressor.ts";

/** A disk that is full after some bytes. */
function smallDisk(room: number): OutputSink {
  let left = room;
  return {
    async write(bytes) {
      left -= bytes.length;
      if (left < 0) {
        throw new Error("disk full");
      }
    },
    end: async () => {},
    abandon: () => {},
  };
}

test("a target that fails is met by the writer, who does not hang", async () => {
  const sink = createCompressor("gzip", smallDisk(100_000));
  const noise = Uint8Array.from({ length: 1 << 20 }, (_, index) => (index * index * 31) >> 5);
  const writing = (async () => {
    for (;;) {
      await sink.write(noise);
    }
  })();
  await expect(writing).rejects.toThrow("disk full");
  await expect(sink.end()).rejects.toThrow("disk full");
  sink.abandon();
});
