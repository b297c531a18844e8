import { arbitraryChunking, toBytes } from "@dpo-kit/testkit";
import fc from "fast-check";
import Papa from "papaparse";
import { describe, expect, test } from "vitest";
import { cellText } from "./cell-text.ts";
import { CsvScanner, type CsvScannerOptions } from "./csv-scanner.ts";
import type { RecordBlock } from "./record-block.ts";

type Scanned = { line: number; offset: number } & ({ cells: string[]; fields: number } | { problem: string });

/** @param header how many fields the header has, once it was in a block. */
function describeBlock(block: RecordBlock, header: { fields?: number }): Scanned[] {
  return Array.from({ length: block.recordCount }, (_, record): Scanned => {
    const place = { line: block.recordLine[record]!, offset: block.recordOffset[record]! };
    const problem = block.problems.get(record);
    if (problem !== undefined) {
      const { kind, line, column, bytes } = problem;
      return { ...place, problem: `${kind} at ${line}:${column}, ${bytes} bytes` };
    }
    const first = block.firstField[record]!;
    const fields = block.fieldCount[record]!;
    header.fields ??= fields;
    const stored = Math.min(fields, header.fields + 1);
    const cells = Array.from({ length: stored }, (_, column) => cellText(block, first + column, 0x22));
    return { ...place, cells, fields };
  });
}

/** Scans a text in pieces of the given sizes; also gives how many lines were blank. */
function scan(text: string | Uint8Array, sizes: readonly number[], options: Partial<CsvScannerOptions> = {}) {
  const bytes = toBytes(text);
  const scanner = new CsvScanner({ delimiter: 0x2c, quote: 0x22, ...options });
  const records: Scanned[] = [];
  const header = {};
  let blank = 0;
  let at = 0;
  const take = (block: RecordBlock): void => {
    records.push(...describeBlock(block, header));
    blank += block.blankLines;
  };
  for (let turn = 0; at < bytes.length; turn += 1) {
    const size = sizes[turn % sizes.length] || 1;
    take(scanner.push(bytes.slice(at, at + size)));
    at += size;
  }
  take(scanner.finish());
  return { records, blank };
}

const whole = [1 << 20];

function rows(text: string, options: Partial<CsvScannerOptions> = {}): (string[] | string)[] {
  return scan(text, whole, options).records.map((record) =>
    "cells" in record ? record.cells : record.problem,
  );
}

describe("records and fields", () => {
  test.each([
    [
      "a,b\n1,2\n",
      [
        ["a", "b"],
        ["1", "2"],
      ],
    ],
    [
      "a,b\r\n1,2\r3,4\n5,6",
      [
        ["a", "b"],
        ["1", "2"],
        ["3", "4"],
        ["5", "6"],
      ],
    ],
    [
      'a,b\n"x,y","line\nbreak"\n',
      [
        ["a", "b"],
        ["x,y", "line\nbreak"],
      ],
    ],
    [
      'a,b\n"say ""hi""",""""\n',
      [
        ["a", "b"],
        ['say "hi"', '"'],
      ],
    ],
    [
      'a,b\n6" pipe,it is "so"\n',
      [
        ["a", "b"],
        ['6" pipe', 'it is "so"'],
      ],
    ],
    [
      "a,b\n,\n",
      [
        ["a", "b"],
        ["", ""],
      ],
    ],
    [
      'a,b\n"",""',
      [
        ["a", "b"],
        ["", ""],
      ],
    ],
    [
      "a,b\n1,",
      [
        ["a", "b"],
        ["1", ""],
      ],
    ],
    ['a\n\n""\n\n', [["a"], [""]]],
    ["\n\r\n\ra,b\n", [["a", "b"]]],
    ["", []],
    ["\n", []],
  ])("%j", (text, expected) => expect(rows(text)).toEqual(expected));

  test("empty lines are counted, not read", () => {
    const { records, blank } = scan("\na,b\n\n\r\n1,2\r\r\n\n", whole);
    expect(records.map(({ line }) => line)).toEqual([2, 5]);
    expect(blank).toBe(5);
  });

  test("physical lines and byte offsets", () => {
    const { records } = scan('h,i\r\n"é\n\n\r",x\r1,2\n', whole);
    expect(records.map(({ line, offset }) => [line, offset])).toEqual([
      [1, 0],
      [2, 5],
      [6, 15],
    ]);
  });

  test("fields beyond the header's are counted, one of them is stored", () => {
    expect(scan("a,b\n1,2,3,4,5\n", whole).records[1]).toMatchObject({ cells: ["1", "2", "3"], fields: 5 });
  });

  test("no character quotes if there is no quote", () => {
    expect(rows('a,b\n"x,y"\n', { quote: -1 })).toEqual([
      ["a", "b"],
      ['"x', 'y"'],
    ]);
  });

  test("lines and offsets begin where they are said to", () => {
    const { records } = scan("a\nb\n", whole, { firstLine: 2, byteOffset: 9 });
    expect(records.map(({ line, offset }) => [line, offset])).toEqual([
      [2, 9],
      [3, 11],
    ]);
  });
});

describe("malformed records", () => {
  test.each([
    [
      "a quote still open at the end rejects one record; reading resumes at the next line",
      'a,b\n1,"open\n2,x\n3,y\n',
      [["a", "b"], "unclosed-quote at 2:3, 7 bytes", ["2", "x"], ["3", "y"]],
    ],
    [
      "an open quote that a later record's quote seems to close",
      'a,b\n1,"open\n2,x\n3,"fine"\n4,y\n',
      [["a", "b"], "unclosed-quote at 2:3, 7 bytes", ["2", "x"], ["3", "fine"], ["4", "y"]],
    ],
    [
      "the same on the first field of a line, with line ends of CRLF",
      'a,b\r\n1,"open\r\n"2","fine"\r\n',
      [["a", "b"], "unclosed-quote at 2:3, 7 bytes", ["2", "fine"]],
    ],
    [
      "a quote inside that was not doubled",
      'a,b\n1,"say "hi" now"\n2,y\n',
      [["a", "b"], "text-after-quote at 2:9, 16 bytes", ["2", "y"]],
    ],
    [
      "a quote inside that was not doubled, lines later, is no opening quote",
      'a,b\n1,"say\nthen "hi" now"\n2,y\n',
      [["a", "b"], "text-after-quote at 3:7, 21 bytes", ["2", "y"]],
    ],
    [
      "fields behind the wrong one are read on",
      'a,b,c\n1,"x"y,"two\nlines"\n2,3,4\n',
      [["a", "b", "c"], "text-after-quote at 2:6, 18 bytes", ["2", "3", "4"]],
    ],
    ["a space behind the closing quote", 'a,b\n"x" ,y\n', [["a", "b"], "text-after-quote at 2:4, 6 bytes"]],
    ["an unclosed quote on the last line", 'a,b\n1,"open', [["a", "b"], "unclosed-quote at 2:3, 7 bytes"]],
  ])("%s", (_, text, expected) => expect(rows(text)).toEqual(expected));

  test.each([
    [
      "an unquoted cell over the limit: reading resumes behind the line end",
      `a,b\n${"x".repeat(11)},"y\nz"\n3,4\n`,
      [["a", "b"], "cell-too-large at 2:1, 14 bytes", 'z"', ["3", "4"]],
    ],
    [
      "a cell of the limit",
      `a,b\n${"x".repeat(10)},"${"y".repeat(8)}"\n`,
      [
        ["a", "b"],
        ["x".repeat(10), "y".repeat(8)],
      ],
    ],
    [
      "a quoted cell over the limit: reading resumes at the line after its quote",
      'a,b\n1,"12345\n6,7890\n1,2\n3,4\n',
      [["a", "b"], "unclosed-quote at 2:3, 8 bytes", ["6", "7890"], ["1", "2"], ["3", "4"]],
    ],
    [
      "a record over twice the limit",
      "a,b,c\n123456789,123456789,123456789\n1,2,3\n",
      [["a", "b", "c"], "record-too-large at 2:1, 29 bytes", ["1", "2", "3"]],
    ],
  ])("%s", (_, text, expected) => {
    const found = rows(text, { maxCellBytes: 10 }).map((row) =>
      Array.isArray(row) && row.length === 1 ? row[0] : row,
    );
    expect(found).toEqual(expected);
  });

  test("a thousand recoveries are borne, one more stops the file", () => {
    const bad = (count: number): string => `a,b\n${'1,"open\n'.repeat(count)}`;
    const small = { maxCellBytes: 6 };
    expect(rows(bad(1_000).replaceAll("open", "open12345"), small)).toHaveLength(1_001);
    expect(() => rows(bad(1_001).replaceAll("open", "open12345"), small)).toThrowError(
      expect.objectContaining({ code: "CSV_TOO_MANY_RECOVERIES" }),
    );
  });

  test("a header with too many columns stops the file at once", () => {
    const header = ",".repeat(100_000);
    expect(() => rows(header)).toThrowError(expect.objectContaining({ code: "CSV_TOO_MANY_COLUMNS" }));
    expect(rows(header.slice(1))[0]).toHaveLength(100_000);
  });
});

describe("any chunking gives the same", () => {
  const piece = fc.constantFrom('"', '""', ",", "\n", "\r", "\r\n", "a", "bc", " ", "é", "𝒜", "longer text");
  const text = fc.array(piece, { maxLength: 60 }).map((pieces) => pieces.join(""));
  const limit = fc.constantFrom(3, 8, 1_000);

  test("records, problems, lines and offsets", () => {
    fc.assert(
      fc.property(text, arbitraryChunking(), limit, (input, sizes, maxCellBytes) => {
        expect(scan(input, sizes, { maxCellBytes })).toEqual(scan(input, whole, { maxCellBytes }));
      }),
      { numRuns: 2_000 },
    );
  });

  test("one byte at a time", () => {
    fc.assert(
      fc.property(text, limit, (input, maxCellBytes) => {
        expect(scan(input, [1], { maxCellBytes })).toEqual(scan(input, whole, { maxCellBytes }));
      }),
      { numRuns: 1_000 },
    );
  });

  test("any bytes", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), arbitraryChunking(), (input, sizes) => {
        expect(scan(input, sizes)).toEqual(scan(input, whole));
      }),
    );
  });

  test("a cell that is thrown away in pieces", () => {
    const text = `a,b\n1,${"x".repeat(300_000)}\r\n"2",3\n`;
    const expected = scan(text, whole, { maxCellBytes: 1_000 });
    expect(expected.records[1]).toMatchObject({ problem: "cell-too-large at 2:3, 300002 bytes" });
    expect(scan(text, [777], { maxCellBytes: 1_000 })).toEqual(expected);
    expect(scan(text, [100_006, 1], { maxCellBytes: 1_000 })).toEqual(expected);
  });
});

describe("Papa Parse reads the same", () => {
  const cell = fc.array(fc.constantFrom('"', ",", "\n", "\r\n", "a", " ", "é", "text", "𝒜"), {
    maxLength: 6,
  });
  const table = fc
    .tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 8 }))
    .chain(([columns, count]) =>
      fc.array(
        fc.array(
          cell.map((pieces) => pieces.join("")),
          { minLength: columns, maxLength: columns },
        ),
        {
          minLength: count,
          maxLength: count,
        },
      ),
    );
  const style = fc.record({ quotes: fc.boolean(), newline: fc.constantFrom("\n", "\r\n") });

  test("of what Papa Parse has written", () => {
    fc.assert(
      fc.property(table, style, (data, { quotes, newline }) => {
        const text = Papa.unparse(data, { quotes, newline });
        // A lone empty field without quotes is an empty line, of which the two think differently.
        fc.pre(quotes || !data.some((row) => row.length === 1 && row[0] === ""));
        const read = Papa.parse<string[]>(text, { delimiter: ",", newline });
        expect(read.errors).toEqual([]);
        expect(rows(text)).toEqual(read.data);
      }),
      { numRuns: 1_000 },
    );
  });
});
