import { arbitraryChunking, chunked } from "@dpo-kit/testkit";
import fc from "fast-check";
import { expect, test } from "vitest";
import { unsnappy } from "./unsnappy.ts";

/** An element of the format, and what it unpacks to behind what was unpacked before. */
type Element = { literal: Uint8Array } | { length: number; back: number; kind: 1 | 2 | 3 };

const literal = fc
  .oneof({ weight: 9, arbitrary: fc.nat(90) }, { weight: 1, arbitrary: fc.nat(70_000) })
  .map((length) => ({ literal: Uint8Array.from({ length: length + 1 }, (_, index) => index * 7 + length) }));
const copy = fc.record({
  length: fc.integer({ min: 4, max: 64 }),
  back: fc.oneof(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 65_536 })),
  kind: fc.constantFrom<1 | 2 | 3>(1, 2, 3),
});
const elements = fc.array(fc.oneof(literal, copy as fc.Arbitrary<Element>), { maxLength: 400 });

/** Packs elements; a copy from before the beginning is left out. */
function pack(given: readonly Element[]): { packed: Uint8Array; unpacked: Uint8Array } {
  const packed: number[] = [];
  const unpacked: number[] = [];
  for (const element of given) {
    if ("literal" in element) {
      packed.push(...literalBytes(element.literal));
      unpacked.push(...element.literal);
    } else if (element.back <= unpacked.length) {
      packed.push(...copyBytes(element));
      for (let index = 0; index < lengthOf(element); index += 1) {
        unpacked.push(unpacked[unpacked.length - element.back]!);
      }
    }
  }
  return {
    packed: Uint8Array.from([...varint(unpacked.length), ...packed]),
    unpacked: Uint8Array.from(unpacked),
  };
}

function literalBytes(bytes: Uint8Array): number[] {
  const length = bytes.length - 1;
  const more = [length & 0xff, (length >> 8) & 0xff, length >> 16].slice(
    0,
    length < 256 ? 1 : length < 65_536 ? 2 : 3,
  );
  return length < 60 ? [length << 2, ...bytes] : [(59 + more.length) << 2, ...more, ...bytes];
}

function lengthOf({ kind, length, back }: Extract<Element, { kind: number }>): number {
  return kind === 1 && back < 2048 ? 4 + (length % 8) : length;
}

function copyBytes(element: Extract<Element, { kind: number }>): number[] {
  const { kind, back } = element;
  const length = lengthOf(element);
  if (kind === 1 && back < 2048) {
    return [1 | ((length - 4) << 2) | ((back >> 8) << 5), back & 0xff];
  }
  const offset = [back & 0xff, (back >> 8) & 0xff, back >> 16, 0];
  return kind === 3 || back > 0xffff
    ? [3 | ((length - 1) << 2), ...offset]
    : [2 | ((length - 1) << 2), ...offset.slice(0, 2)];
}

function varint(value: number): number[] {
  return value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...varint(value >>> 7)];
}

async function unpack(packed: Uint8Array, sizes: readonly number[] = [packed.length]): Promise<Uint8Array> {
  const pieces: Buffer[] = [];
  for await (const piece of unsnappy(chunked(packed, sizes))) {
    pieces.push(Buffer.from(piece));
  }
  return new Uint8Array(Buffer.concat(pieces));
}

test("gives what was packed, whatever the elements and the chunks", async () => {
  await fc.assert(
    fc.asyncProperty(elements, arbitraryChunking(), async (given, sizes) => {
      const { packed, unpacked } = pack(given);
      expect(Buffer.compare(await unpack(packed, sizes), unpacked)).toBe(0);
    }),
    { numRuns: 300 },
  );
});

test("keeps what a copy may reach over many pieces", async () => {
  const start = { literal: Uint8Array.from({ length: 65_536 }, (_, index) => (index * index) >> 5) };
  const copies = Array.from({ length: 20_000 }, () => ({ length: 60, back: 65_536, kind: 3 }) as const);
  const { packed, unpacked } = pack([start, ...copies]);
  expect(Buffer.compare(await unpack(packed), unpacked)).toBe(0);
});

test("two streams at once do not disturb each other", async () => {
  const [one, other] = [1, 2].map((seed) =>
    pack([
      { literal: new Uint8Array(100).fill(seed) },
      ...Array(9000).fill({ length: 64, back: 90, kind: 2 }),
    ]),
  ) as [ReturnType<typeof pack>, ReturnType<typeof pack>];
  const both = await Promise.all([unpack(one.packed), unpack(other.packed)]);
  expect(both.map((bytes, index) => Buffer.compare(bytes, [one, other][index]!.unpacked))).toEqual([0, 0]);
});

test.each([
  ["a literal that is cut off", [5, 4 << 2, 1, 2]],
  ["a length that is cut off", [5, 61 << 2, 1]],
  ["the longest literal there can be", [5, 63 << 2, 255, 255, 255, 255, 1]],
  ["a copy that is cut off", [9, 0, 1, 2]],
  ["a copy from before the beginning", [9, 0, 1, 2 | (3 << 2), 2, 0]],
  ["a copy of what is to come", [9, 0, 1, 2 | (3 << 2), 0, 0]],
  ["more than it says", [1, 1 << 2, 1, 2]],
  ["nothing", []],
])("%s is refused", async (_, bytes) => {
  await expect(unpack(Uint8Array.from(bytes))).rejects.toThrow(/page/u);
});
