import { decodeSpan, lineText } from "@dpo-kit/batch";
import fc from "fast-check";
import { expect, test } from "vitest";
import { makeBatches } from "../test/make-batches.ts";
import { selectPairs } from "./select-pairs.ts";

test("what is kept is as it was, and what is not is counted", async () => {
  const pairs = Array.from({ length: 12 }, (_, index) => ({
    prompt: `Question ${"ä".repeat(index)}`,
    preferred: `Yes ${index}`,
    nonPreferred: "No",
  }));
  const [batch] = await makeBatches(pairs, 1e6);
  fc.assert(
    fc.property(fc.subarray([...pairs.keys()]), (kept) => {
      const selected = selectPairs(batch!, kept, "where");
      expect(selected.count).toBe(kept.length);
      expect(kept.map((_, index) => lineText(selected, index))).toEqual(
        kept.map((pair) => lineText(batch!, pair)),
      );
      expect(kept.map((_, index) => decodeSpan(selected, index, "preferred"))).toEqual(
        kept.map((pair) => decodeSpan(batch!, pair, "preferred")),
      );
      expect([...selected.recordOrdinal]).toEqual(kept);
      expect([...selected.lineKey]).toEqual(
        kept.flatMap((pair) => [...batch!.lineKey.subarray(pair * 4, pair * 4 + 4)]),
      );
      expect(selected.ledgers.pairs.total).toBe(12);
      expect(selected.ledgers.pairs.filtered.get("where") ?? 0).toBe(12 - kept.length);
    }),
  );
});
