import {
  emptyLedgers,
  findImbalances,
  formatExample,
  type Outcome,
  type PairBatch,
  type UnitLedger,
} from "@dpo-kit/batch";
import { DataError, isBlank, validateExample } from "@dpo-kit/schema";
import {
  arbitraryChunking,
  arbitraryHostileText,
  byteAtATime,
  chunked,
  collect,
  toBytes,
} from "@dpo-kit/testkit";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  type CsvConvertOptions,
  type CsvEncodeOptions,
  convertCsv,
  encodeCsv,
  formatCsv,
  parseCsv,
  readCsv,
} from "../src/index.ts";

const cell = fc.oneof(
  { weight: 5, arbitrary: arbitraryHostileText() },
  { weight: 2, arbitrary: fc.constantFrom("", " ", "\u00a0", "same", " same\u3000", "same\u0085") },
  { weight: 1, arbitrary: fc.constantFrom("<|im_start|>", "a <| b", '[{"role":"user","content":"Hi"}]') },
);

/** A table as text: most of it well-formed, some of it raw and broken. */
const tableText = fc
  .tuple(
    fc.constantFrom(
      "prompt,chosen,rejected",
      "id,prompt,chosen,rejected,system",
      "messages,chosen,rejected,tools",
    ),
    fc.array(
      fc.oneof(
        { weight: 6, arbitrary: fc.array(cell, { minLength: 5, maxLength: 5 }) },
        { weight: 1, arbitrary: fc.stringMatching(/^[a",\n\r ]{0,20}$/u) },
      ),
      { maxLength: 12 },
    ),
  )
  .map(([header, rows]) => {
    const columns = header.split(",").length;
    const text = (row: string[] | string): string =>
      typeof row === "string" ? `${row}\n` : formatCsv([row.slice(0, columns)]);
    return `${header}\n${rows.map(text).join("")}`;
  });

/** Excel's first line, with any byte for the delimiter. */
const separatorLine = fc
  .tuple(fc.integer({ min: 0, max: 255 }), fc.constantFrom("", "\n", "\r", "\r\n"))
  .map(([byte, newline]) => [...toBytes("sep="), byte, ...toBytes(newline)]);

/** What a text may begin with that is not of its rows: marks of encodings, other formats, a line of Excel's. */
const textStart = fc.oneof(
  fc.constant([]),
  separatorLine,
  fc.constantFrom([0xef, 0xbb, 0xbf], [0xff, 0xfe], [0xfe, 0xff], [0xff, 0xfe, 0, 0]),
  fc.constantFrom("<", "[", "{", '"', "\0", "\n").map((text) => [...toBytes(text)]),
);

const hostileBytes = fc
  .tuple(
    fc.array(textStart, { maxLength: 3 }),
    fc.constantFrom("", "prompt,chosen,rejected\n", 'prompt"chosen"rejected\n', "prompt;chosen;rejected\r"),
    fc.oneof(
      fc.uint8Array({ maxLength: 400 }),
      fc.stringMatching(/^[a",;\n\r ]{0,60}$/u).map((text) => toBytes(text)),
    ),
  )
  .map(([starts, header, rest]) => Uint8Array.from([...starts.flat(), ...toBytes(header), ...rest]));

const dialectOptions = fc.record({
  encoding: fc.constantFrom("utf-8", undefined),
  quote: fc.constantFrom(undefined, "", "'", ";"),
  delimiter: fc.constantFrom(undefined, ",", "|"),
});

/** So few bytes, with NULs among them, can look like another encoding. */
const asUtf8 = { encoding: "utf-8" };

/** What comes of a text, errors included: everything that a user could see. */
async function outcomesOf(
  source: Parameters<typeof convertCsv>[0],
  options: CsvConvertOptions = asUtf8,
): Promise<{ outcomes: Outcome[]; units: UnitLedger }> {
  const { units } = emptyLedgers();
  return { outcomes: await collect(convertCsv(source, { ...options, units })), units };
}

async function encoded(
  source: Parameters<typeof encodeCsv>[0],
  options: CsvEncodeOptions,
): Promise<PairBatch[]> {
  return collect(encodeCsv(source, { ...asUtf8, ...options }));
}

describe("any chunking gives the same", () => {
  test("outcomes and units", async () => {
    await fc.assert(
      fc.asyncProperty(tableText, arbitraryChunking(), async (text, sizes) => {
        const whole = await outcomesOf(text);
        expect(await outcomesOf(chunked(text, sizes))).toEqual(whole);
        expect(await outcomesOf(byteAtATime(text))).toEqual(whole);
      }),
      { numRuns: 100 },
    );
  });

  test("lines", async () => {
    await fc.assert(
      fc.asyncProperty(tableText, arbitraryChunking(), async (text, sizes) => {
        const options = { maxBytes: 500 };
        expect(await encoded(chunked(text, sizes), options)).toEqual(await encoded(text, options));
      }),
      { numRuns: 50 },
    );
  });
});

describe("each unit is accounted for", () => {
  test("one outcome for each row, and the units balance", async () => {
    await fc.assert(
      fc.asyncProperty(tableText, async (text) => {
        const { outcomes, units } = await outcomesOf(text);
        expect(units.read).toBe(units.blank + units.malformed + units.intoRecords);
        expect(outcomes).toHaveLength(units.malformed + units.intoRecords);
        expect(outcomes.map(({ at }) => at.ordinal)).toEqual(outcomes.map((_, index) => index));
      }),
    );
  });

  test("the ledgers of the batches balance", async () => {
    await fc.assert(
      fc.asyncProperty(tableText, async (text) => {
        for (const { ledgers } of await encoded(text, {})) {
          ledgers.pairs.written.set("train", ledgers.pairs.total);
          expect(findImbalances(ledgers)).toEqual([]);
        }
      }),
    );
  });

  test("no bytes break the reader, however it is called", async () => {
    await fc.assert(
      fc.asyncProperty(hostileBytes, dialectOptions, async (input, options) => {
        try {
          const { outcomes, units } = await outcomesOf(input, options);
          expect(outcomes).toHaveLength(units.malformed + units.intoRecords);
        } catch (error) {
          expect(DataError.isInstance(error), String(error)).toBe(true);
        }
      }),
      { numRuns: 2000 },
    );
  });
});

describe("the fast lane and the reference agree", () => {
  const settings = fc.record({
    system: fc.constantFrom(undefined, "Be kind."),
    maxBytes: fc.constantFrom(200, 1 << 20),
    lean: fc.boolean(),
    limit: fc.constantFrom(undefined, 3),
  });

  test("batch by batch, to the byte", async () => {
    await fc.assert(
      fc.asyncProperty(tableText, settings, async (text, options) => {
        const fast = await encoded(text, { ...options, lane: "fast" });
        expect(fast).toEqual(await encoded(text, { ...options, lane: "reference" }));
      }),
      { numRuns: 300 },
    );
  });

  test("the batches hold what the outcomes say", async () => {
    await fc.assert(
      fc.asyncProperty(tableText, async (text) => {
        const { outcomes } = await outcomesOf(text);
        const batches = await encoded(text, {});
        const lines = batches.map(({ bytes }) => new TextDecoder().decode(bytes)).join("");
        const rejects = batches.flatMap((batch) => batch.rejects);
        expect({ lines, rejects }).toMatchObject(sayingOf(outcomes));
      }),
    );
  });
});

/** The lines and rejects that outcomes come to, by the checks alone: no pair of a text is refused silently. */
function sayingOf(outcomes: readonly Outcome[]): { lines: string; rejects: unknown[] } {
  const lines: string[] = [];
  const rejects: unknown[] = [];
  for (const outcome of outcomes) {
    if (outcome.kind === "skipped") {
      continue;
    }
    const problems = outcome.kind === "rejected" ? [...outcome.issues] : [];
    for (const { example } of outcome.kind === "pairs" ? outcome.pairs : []) {
      const issues = validateExample(example, { location: outcome.at });
      const errors = issues.filter(({ severity }) => severity === "error");
      if (errors.length === 0) {
        lines.push(`${formatExample(example)}\n`);
      } else {
        problems.push(...issues);
      }
    }
    if (problems.length > 0) {
      rejects.push({ at: outcome.at, issues: problems, record: outcome.record });
    }
  }
  return { lines: lines.join(""), rejects };
}

describe("writing and reading is identity", () => {
  const tables = fc
    .tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 6 }))
    .chain(([columns, rows]) =>
      fc.array(fc.array(arbitraryHostileText(), { minLength: columns, maxLength: columns }), {
        minLength: rows,
        maxLength: rows,
      }),
    )
    .filter(([header]) => header!.some((name) => !isBlank(name)));
  const styles = fc.record({
    delimiter: fc.constantFrom(",", ";", "\t", "|"),
    newline: fc.constantFrom("\n" as const, "\r\n" as const),
    quoteAll: fc.boolean(),
  });

  test("in memory", () => {
    fc.assert(
      fc.property(tables, styles, (rows, style) => {
        const {
          header,
          rows: read,
          issues,
        } = parseCsv(formatCsv(rows, style), { delimiter: style.delimiter });
        expect([header, ...read]).toEqual(rows);
        expect(issues).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });

  test("as a stream", async () => {
    await fc.assert(
      fc.asyncProperty(tables, styles, arbitraryChunking(), async (rows, style, sizes) => {
        const text = formatCsv(rows, style);
        // Bytes that look like another encoding, or like no table, are another matter.
        const options = { delimiter: style.delimiter, encoding: "utf-8" };
        const read = await collect(readCsv(chunked(text, sizes), options)).catch((error: unknown) => {
          fc.pre(!(DataError.isInstance(error) && error.code.startsWith("IO_")));
          throw error;
        });
        expect(read.map((row) => (row.kind === "row" ? row.cells : row))).toEqual(rows.slice(1));
      }),
      { numRuns: 300 },
    );
  });
});
