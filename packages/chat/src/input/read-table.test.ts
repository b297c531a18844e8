import { collect } from "@dpo-kit/testkit";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fileOf } from "../../test/chat-fixtures.ts";
import { readTable } from "./read-table.ts";
import { TableScanner } from "./table-scanner.ts";

async function rowsOf(text: string): Promise<unknown[]> {
  const rows = await collect(readTable(fileOf(text, "table.csv")));
  return rows.map(({ value, issues, at }) => value ?? [at.line, ...issues.map(({ code }) => code)]);
}

describe("a table", () => {
  it("is read by the names of its columns, with line breaks and quotes in its cells", async () => {
    expect(await rowsOf('a,b\r\n1,"x ""y""\r\nz"\n\n"",2\n')).toEqual([
      { a: "1", b: 'x "y"\r\nz' },
      { a: "", b: "2" },
    ]);
  });

  it("of tabs has commas in its cells", async () => {
    expect(await rowsOf("a\tb\n1,2\t3")).toEqual([{ a: "1,2", b: "3" }]);
  });

  it("says of each row that cannot be read why, and where it begins", async () => {
    expect(await rowsOf('a,b\n"1\n2",3\n1\n"1"x,2\n1,"2\n3')).toEqual([
      { a: "1\n2", b: "3" },
      [4, "CSV_RAGGED_ROW"],
      [5, "CSV_TEXT_AFTER_QUOTE"],
      [6, "CSV_UNCLOSED_QUOTE"],
    ]);
  });

  it("ends at a row that is too large", async () => {
    const file = fileOf(`a,b\n1,2\n3,"${"x".repeat(100)}`, "table.csv");
    const rows = await collect(readTable(file, { maxBytes: 50 }));
    expect(rows.map(({ issues }) => issues.map(({ code }) => code))).toEqual([[], ["CSV_UNCLOSED_QUOTE"]]);
  });
});

describe("cutting a table", () => {
  const piece = fc.constantFrom("a", ",", '"', '""', "\n", "\r\n", "\r", " ");

  it("gives the same in whatever pieces the text comes", () => {
    fc.assert(
      fc.property(fc.array(piece), fc.array(fc.nat(5)), (pieces, cuts) => {
        const text = pieces.join("");
        const whole = new TableScanner(",");
        const cut = new TableScanner(",");
        const records = [];
        let at = 0;
        for (const length of cuts) {
          records.push(...cut.add(text.slice(at, at + length)));
          at += length;
        }
        records.push(...cut.add(text.slice(at)), ...cut.end());
        expect(records).toEqual([...whole.add(text), ...whole.end()]);
      }),
    );
  });

  it("gives back the cells that were written", () => {
    const cell = fc.string({ unit: fc.constantFrom("a", ",", '"', "\n", "\r", " ") });
    const records = fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { maxLength: 5 });
    fc.assert(
      fc.property(records, (written) => {
        const quoted = written.map((cells) =>
          cells.map((each) => `"${each.replaceAll('"', '""')}"`).join(","),
        );
        const scanner = new TableScanner(",");
        const read = [...scanner.add(quoted.join("\n")), ...scanner.end()];
        expect(read.map(({ cells }) => cells)).toEqual(written);
      }),
    );
  });
});
