import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { DataError } from "@dpo-kit/schema";
import { collect } from "@dpo-kit/testkit";
import { describe, expect, test } from "vitest";
import { convertCsv, readCsv } from "../src/index.ts";

const folder = process.env.DPO_REAL_DATA;

/** What each real file is to come to: none of them is a table of prompts with two answers. */
const expected = new Map([
  ["pairwise/TorshaMajumder+DeepShield-DPO-Alignment/data/preferences.csv", "CSV_COLUMN_MISSING"],
  ["chat-samples/anythingllm.csv", "CSV_COLUMN_MISSING"],
]);

if (folder === undefined) {
  test.skip("real data: skipped because DPO_REAL_DATA does not name the folder of real files", () => {});
} else {
  describe("real data", () => {
    const files = ["pairwise", "chat-samples"].flatMap((part) => csvFiles(folder, part));

    test("is there, and each file is known", () => {
      expect([...files].sort()).toEqual([...expected.keys()].sort());
    });

    test.each(files)("%s is read whole and ends as it should", async (file) => {
      const bytes = new Uint8Array(readFileSync(join(folder, file)));
      const rows = await collect(readCsv(bytes));
      expect(rows.filter(({ kind }) => kind === "malformed")).toEqual([]);
      const end = await collect(convertCsv(bytes, { source: file })).then(
        (outcomes) => outcomes.map(({ kind }) => kind),
        (error: unknown) => (DataError.isInstance(error) ? error.code : String(error)),
      );
      expect(end).toEqual(expected.get(file));
      expect(rows.length).toBeGreaterThan(0);
    });
  });
}

function csvFiles(root: string, part: string): string[] {
  return readdirSync(join(root, part), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".csv"))
    .map((name) => `${part}/${name}`)
    .sort();
}
