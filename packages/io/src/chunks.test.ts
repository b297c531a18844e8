import {
  arbitraryBrokenText,
  arbitraryChunking,
  arbitraryHostileText,
  byteAtATime,
  chunked,
  collect,
  collectBytes,
} from "@dpo-kit/testkit";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createByteReader } from "./byte-reader.ts";
import { encodeText } from "./encode-text.ts";
import { peekChunks } from "./peek-chunks.ts";
import { readChunks } from "./read-chunks.ts";
import type { Source } from "./source.ts";
import { isValidUtf8 } from "./utf8-validity.ts";

const bytesOf = async (source: Source) => Buffer.from(await collectBytes(readChunks(source)));

/** A source that notes that it was closed. */
function watched(pieces: number): { source: AsyncGenerator<Uint8Array>; closed: () => boolean } {
  let closed = false;
  async function* source(): AsyncGenerator<Uint8Array> {
    try {
      for (let piece = 0; piece < pieces; piece += 1) {
        yield Uint8Array.of(piece);
      }
    } finally {
      closed = true;
    }
  }
  return { source: source(), closed: () => closed };
}

describe("readChunks", () => {
  test("gives the same bytes for every kind of source", async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryHostileText(), arbitraryChunking(), async (text, sizes) => {
        const bytes = Buffer.from(text);
        const stream = () => new Blob([text]).stream() as ReadableStream<Uint8Array>;
        for (const source of [text, bytes, new Blob([text]), stream(), chunked(bytes, sizes)]) {
          expect((await bytesOf(source)).equals(bytes)).toBe(true);
        }
        expect((await collect(readChunks(chunked(bytes, sizes)))).every((piece) => piece.length > 0)).toBe(
          true,
        );
      }),
    );
  });

  test("cuts a long text at no surrogate pair", async () => {
    const text = `x${"🎉".repeat(400_000)}`;
    expect((await bytesOf(text)).equals(Buffer.from(text))).toBe(true);
  });

  test("half a surrogate pair does not become another character", async () => {
    expect([...(await bytesOf("a\ud800b\udc00"))]).toEqual([0x61, 0xed, 0xa0, 0x80, 0x62, 0xed, 0xb0, 0x80]);
    fc.assert(fc.property(arbitraryBrokenText(), (text) => !isValidUtf8(encodeText(text))));
    fc.assert(
      fc.property(arbitraryHostileText(), (text) => {
        expect(encodeText(text)).toEqual(new TextEncoder().encode(text));
      }),
    );
  });

  test("gives no Buffers, whose slices share their bytes", async () => {
    const [piece] = await collect(readChunks(chunked(Buffer.from("abc"), [3])));
    expect(piece!.constructor).toBe(Uint8Array);
  });

  test("a source of something else is an error", async () => {
    async function* texts(): AsyncGenerator<never> {
      yield "text" as never;
    }
    await expect(collect(readChunks(texts()))).rejects.toMatchObject({ code: "IO_UNREADABLE" });
  });

  test("ending the loop closes the source", async () => {
    const { source, closed } = watched(3);
    for await (const _ of readChunks(source)) {
      break;
    }
    expect(closed()).toBe(true);
    let cancelled = false;
    const stream = new ReadableStream<Uint8Array>({
      pull: (controller) => controller.enqueue(Uint8Array.of(1)),
      cancel: () => {
        cancelled = true;
      },
    });
    for await (const _ of readChunks(stream)) {
      break;
    }
    expect(cancelled).toBe(true);
  });

  test("an abort ends it, even while a read waits", async () => {
    const controller = new AbortController();
    const waiting = new ReadableStream<Uint8Array>({});
    const reading = collect(readChunks(waiting, { signal: controller.signal }));
    controller.abort(new Error("enough"));
    await expect(reading).rejects.toThrow("enough");
    const { source } = watched(2);
    await expect(collect(readChunks(source, { signal: controller.signal }))).rejects.toThrow("enough");
  });
});

describe("peekChunks", () => {
  test("the head is the same for any chunking, and nothing is lost", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uint8Array({ maxLength: 300 }),
        fc.nat(320),
        arbitraryChunking(),
        async (bytes, count, sizes) => {
          const { head, complete, chunks } = await peekChunks(chunked(bytes, sizes), count);
          expect(Buffer.from(head).equals(Buffer.from(bytes.subarray(0, count)))).toBe(true);
          expect(complete).toBe(bytes.length <= count);
          expect(Buffer.from(await collectBytes(chunks)).equals(Buffer.from(bytes))).toBe(true);
        },
      ),
    );
  });

  test("a MiB of single bytes", async () => {
    const { head } = await peekChunks(byteAtATime(new Uint8Array(1 << 20)), 1 << 20);
    expect(head).toHaveLength(1 << 20);
  });

  test("what was peeked at can be closed without being read", async () => {
    const { source, closed } = watched(5);
    const { chunks } = await peekChunks(source, 2);
    await chunks.return();
    expect(closed()).toBe(true);
    expect(await collect(chunks)).toEqual([]);
  });
});

test("a byte reader gives any run of bytes, whatever the chunks", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.uint8Array({ maxLength: 500 }),
      arbitraryChunking(),
      fc.array(fc.nat(90), { minLength: 1 }),
      async (bytes, sizes, counts) => {
        const reader = createByteReader(chunked(bytes, sizes));
        let at = 0;
        for (const count of counts) {
          expect(await reader.fill(count)).toBe(at + count <= bytes.length);
          const taken = Math.min(count, bytes.length - at);
          const run = reader.bytes.subarray(reader.start, reader.start + taken);
          expect([...run]).toEqual([...bytes.subarray(at, at + taken)]);
          reader.start += taken;
          at += taken;
          expect(reader.taken).toBe(at);
        }
      },
    ),
  );
});
