import type { Row } from "@dpo-kit/io";
import { expect, test } from "vitest";
import { CountedTableRow } from "./counted-table-row.ts";

const row: Row = { at: { source: "input", ordinal: 0 }, bytes: 10, issues: [], value: { a: "b" } };
const damaged: Row = { ...row, value: undefined };

test("a row that is taken as stored is a record, and its value is not made", () => {
  const counted = new CountedTableRow({
    ...row,
    takeStored: () => ({ a: Uint8Array.of(0x62) }),
    get value(): never {
      throw new Error("the value was made");
    },
  });
  expect(counted.takeStored()).toEqual({ a: Uint8Array.of(0x62) });
  expect(counted.unit).toBe("intoRecords");
});

test("a row that cannot be taken is counted by what it says", () => {
  for (const [given, unit] of [
    [row, "intoRecords"],
    [damaged, "malformed"],
  ] as const) {
    const counted = new CountedTableRow({ ...given, takeStored: () => undefined });
    expect(counted.takeStored()).toBeUndefined();
    expect(counted.value).toEqual(given.value);
    expect(counted.unit).toBe(unit);
  }
});

test("a row that cannot be stored is counted by what it says", () => {
  expect(new CountedTableRow(row).takeStored()).toBeUndefined();
  expect(new CountedTableRow({ ...row, value: "a" }).unit).toBe("malformed");
});
