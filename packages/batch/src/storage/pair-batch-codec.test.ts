import { carriedJsonText, isCarriedJson, type JsonValue } from "@dpo-kit/schema";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { arbitraryOutcome } from "../../test/arbitrary-outcomes.ts";
import { batchOfLines } from "../../test/batch-of-lines.ts";
import { createPairBatchEncoder } from "../encoder/pair-batch-encoder.ts";
import type { Outcome } from "../outcome.ts";
import type { PairBatch } from "../pair-batch.ts";
import { fromLittleEndian, swapped, toLittleEndian } from "./little-endian.ts";
import { decodePairBatch, encodePairBatch } from "./pair-batch-codec.ts";

function stored(batch: PairBatch): Uint8Array {
  return new Uint8Array(Buffer.concat(encodePairBatch(batch)));
}

async function batchOf(outcomes: Outcome[], keepProvenance = true): Promise<PairBatch> {
  const encoder = await createPairBatchEncoder({ groupColumns: ["model"], keepProvenance });
  outcomes.forEach((outcome) => {
    encoder.add(outcome);
  });
  return encoder.flush();
}

async function batchOfReject(value: JsonValue): Promise<PairBatch> {
  const at = { source: "x" };
  const issue = { code: "PAIR_IDENTICAL", severity: "error", message: "", location: at, hint: "" } as const;
  return batchOf([{ kind: "rejected", at, issues: [issue], record: { value, bytes: 1 } }]);
}

describe("a stored batch", () => {
  it("is the batch again", async () => {
    const property = fc.asyncProperty(
      fc.array(arbitraryOutcome(), { maxLength: 6 }),
      fc.boolean(),
      async (outcomes, keepProvenance) => {
        const batch = await batchOf(outcomes, keepProvenance);
        expect(decodePairBatch(stored(batch))).toEqual(batch);
      },
    );
    await fc.assert(property);
  });

  it("may stand anywhere in a larger buffer, and its buffers are its own", async () => {
    const batch = await batchOfLines(3);
    const bytes = stored(batch);
    const around = new Uint8Array(bytes.length + 10);
    around.set(bytes, 3);
    const decoded = decodePairBatch(around.subarray(3, 3 + bytes.length));
    around.fill(0);
    expect(decoded).toEqual(batch);
    expect(decoded.bytes.buffer.byteLength).toBe(batch.bytes.length);
  });

  it("keeps the number tokens of a record that was carried", async () => {
    const outcomes = await fc.sample(arbitraryOutcome(), 200);
    const batch = await batchOf(outcomes);
    const again = decodePairBatch(stored(batch));
    const texts = (one: PairBatch) =>
      one.rejects.flatMap(({ record }) =>
        isCarriedJson(record?.value) ? [carriedJsonText(record!.value)] : [],
      );
    expect(texts(again).length).toBeGreaterThan(0);
    expect(texts(again)).toEqual(texts(batch));
  });

  it("keeps half characters, own __proto__ keys and any nesting of a record", async () => {
    const odd = JSON.parse('{"__proto__": {"a": 1}, "half": "\\ud800"}') as JsonValue;
    expect(decodePairBatch(stored(await batchOfReject(odd))).rejects[0]!.record!.value).toEqual(odd);
    const deep = JSON.parse(`${"[".repeat(50_000)}${"]".repeat(50_000)}`) as JsonValue;
    const batch = decodePairBatch(stored(await batchOfReject(deep)));
    expect(carriedJsonText(batch.rejects[0]!.record!.value)).toHaveLength(100_000);
  });

  it("is refused where it is another thing, or not all there", async () => {
    const bytes = stored(await batchOfLines(2));
    expect(() => decodePairBatch(new Uint8Array(4))).toThrow(RangeError);
    expect(() => decodePairBatch(new Uint8Array(100))).toThrow(RangeError);
    fc.assert(
      fc.property(fc.nat({ max: bytes.length - 1 }), (length) => {
        expect(() => decodePairBatch(bytes.subarray(0, length))).toThrow(RangeError);
      }),
    );
  });
});

describe("little-endian numbers", () => {
  it("are their bytes, least significant first", () => {
    expect([...toLittleEndian(Uint32Array.of(0x04030201))]).toEqual([1, 2, 3, 4]);
    expect(fromLittleEndian(Uint8Array.of(1, 2), Uint16Array)).toEqual(Uint16Array.of(0x0201));
  });

  it("are swapped number by number on the machines that need it", () => {
    expect([...swapped(Uint8Array.of(1, 2, 3, 4), 2)]).toEqual([2, 1, 4, 3]);
    expect([...swapped(Uint8Array.of(1, 2, 3), 1)]).toEqual([1, 2, 3]);
  });
});
