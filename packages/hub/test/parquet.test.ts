import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { readParquet } from "@dpo-kit/io";
import { collect, withHubServer } from "@dpo-kit/testkit";
import { expect, test } from "vitest";
import { createHubProvider } from "../src/index.ts";

/** 400 rows in two groups; nearly all of its 2 MB are in the column `notes`. */
const parquet = gunzipSync(readFileSync(new URL("../fixtures/pairs.parquet.gz", import.meta.url)));

test("of a Parquet file only the columns that are read are fetched", async () => {
  const path = "data/train-00000-of-00001.parquet";
  await withHubServer({ datasets: { "o/n": { files: { [path]: parquet } } } }, async ({ endpoint, log }) => {
    const [source] = await createHubProvider({ endpoint }).resolve("hf://datasets/o/n");
    const rows = await collect(readParquet(source!, { columns: ["prompt", "chosen", "rejected"] }));
    expect(rows).toHaveLength(400);
    expect(rows[399]!.value).toEqual({ prompt: "Question 399?", chosen: "Yes 399", rejected: "No 399" });
    const sent = log.reduce((sum, entry) => sum + entry.sent, 0);
    expect(sent).toBeGreaterThan(0);
    expect(sent).toBeLessThan(parquet.length / 2);
  });
});
