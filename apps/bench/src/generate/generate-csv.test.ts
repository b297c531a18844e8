import { createHash } from "node:crypto";
import papaparse from "papaparse";
import { beforeAll, describe, expect, test } from "vitest";
import { generateCsv } from "./generate-csv.ts";

const bytes = 3_000_000;

function generate(seed?: number): Buffer {
  return Buffer.concat([...generateCsv({ bytes, ...(seed === undefined ? {} : { seed }) })]);
}

describe("the generated file", () => {
  let file: Buffer;
  let rows: string[][];
  beforeAll(() => {
    file = generate();
    const parsed = papaparse.parse<string[]>(file.toString("utf8").trimEnd());
    expect(parsed.errors).toEqual([]);
    rows = parsed.data.slice(1);
  });

  test("is as large as asked for, and ends with a whole row", () => {
    expect(file.length).toBeLessThanOrEqual(bytes);
    expect(file.length).toBeGreaterThan(bytes - 20_000);
    expect(file.at(-1)).toBe(0x0a);
  });

  test("is the same for the same seed, and on every machine", () => {
    const digest = createHash("sha256").update(file).digest("hex");
    expect(createHash("sha256").update(generate()).digest("hex")).toBe(digest);
    expect(digest.slice(0, 16)).toBe("29a6b22b62fe546e");
    expect(generate(2).equals(file)).toBe(false);
  });

  test("has three filled cells in each row, of the promised lengths", () => {
    expect(rows.every((row) => row.length === 3)).toBe(true);
    const lengths = rows.map((row) => row.map((cell) => [...cell].length));
    expect(lengths.every(([prompt]) => prompt! >= 100 && prompt! <= 2_000)).toBe(true);
    expect(lengths.every(([, ...answers]) => answers.every((one) => one >= 200 && one <= 3_000))).toBe(true);
    expect(rows.every((row) => row[1] !== row[2])).toBe(true);
  });

  test("has the promised shares", () => {
    const share = (matches: (row: string[]) => boolean) => rows.filter(matches).length / rows.length;
    expect(share((row) => /[^\0-\x7f]/u.test(row.join("")))).toBeCloseTo(0.1, 1);
    expect(share((row) => row.join("").includes('"'))).toBeGreaterThan(0.5);
    expect(share((row) => row.join("").includes("\n"))).toBeGreaterThan(0.5);
    expect(share((row) => row.join("").includes("\u2028"))).toBeGreaterThan(0);
    const copies = rows.length - new Set(rows.map((row) => row.join("\0"))).size;
    expect(copies).toBeGreaterThan(0);
    expect(copies / rows.length).toBeLessThan(0.03);
  });
});
