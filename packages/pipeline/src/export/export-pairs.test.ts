import { collect } from "@dpo-kit/testkit";
import { expect, test } from "vitest";
import { makeBatches } from "../../test/make-batches.ts";
import { undecided } from "../decided-batch.ts";
import { exportPairs } from "./export-pairs.ts";
import type { ExportLedger } from "./export-result.ts";

const stated = Array.from({ length: 9 }, (_, index) => ({
  prompt: `Question ${index}?`,
  preferred: "Yes.",
  nonPreferred: "No.",
}));

test("pairs of batches become rows in their order, each accounted for", async () => {
  const ledgers: ExportLedger[] = [];
  const batches = await makeBatches(stated);
  expect(batches.length).toBeGreaterThan(1);
  const options = { target: "trl-standard", onLedger: (ledger: ExportLedger) => void ledgers.push(ledger) };
  const texts = await collect(exportPairs(batches, options));
  const rows = texts.join("").trimEnd().split("\n");
  expect(rows.map((row) => JSON.parse(row).prompt)).toEqual(stated.map(({ prompt }) => prompt));
  expect(ledgers).toMatchObject([{ examples: 9, written: 9, rows: 9, leftOut: new Map() }]);
});

test("of batches that were decided on, what is kept is exported", async () => {
  const [batch] = await makeBatches(stated, 1 << 20);
  const verdict = new Uint8Array(batch!.count).fill(1);
  verdict[2] = 0;
  const texts = await collect(exportPairs([{ ...undecided(batch!), verdict }], { target: "sft" }));
  expect(texts.join("")).toBe(
    '{"messages":[{"role":"user","content":"Question 2?"},{"role":"assistant","content":"Yes."}]}\n',
  );
});
