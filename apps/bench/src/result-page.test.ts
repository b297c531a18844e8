import { expect, test } from "vitest";
import { alignTable, formatResultPage } from "./result-page.ts";

const run = (seconds: number) => ({ exitCode: 0, seconds, cpuSeconds: 1.5, peakMebibytes: 100, stderr: "" });
const contender = (name: string, leavesOut: string) => ({ name, leavesOut, version: "1", command: () => [] });

test("the page has medians, ratios and what is missing, and names no machine", () => {
  const page = formatResultPage({
    race: {
      outputDigest: "abc",
      results: [
        { contender: contender("dpo convert", ""), runs: [run(1), run(2), run(4)] },
        { contender: contender("rival", "keys"), runs: [run(2), run(4), run(8)] },
      ],
    },
    missing: [{ ...contender("Python", "checks"), version: undefined }],
    validation: [run(0.5)],
    rounds: 3,
    seed: 1,
    inputBytes: 2_000_000,
    inputDigest: "def",
    rows: 1_234,
    outputBytes: 1_000_000,
  });
  expect(page).toContain("| rival       | 4.00 (2.00-8.00)   | 1    | 1.50        | 100      | 2.00 ");
  expect(page).toContain("| Python      | not installed here |");
  expect(page).toContain("2,000,000 bytes, 1,234 rows");
  expect(page).toContain("- rival: keys");
  expect(page).toContain("0.50 (0.50-0.50) s, 2 MB/s");
});

test("a table's columns are aligned", () => {
  expect(
    alignTable([
      ["", "b"],
      ["long", "1"],
    ]),
  ).toBe("|      | b   |\n| ---- | --- |\n| long | 1   |");
});
