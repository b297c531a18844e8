import { createIssue } from "@dpo-kit/schema";
import { describe, expect, test } from "vitest";
import { cleanConversion, inspection, mixedConversion, validation } from "../../test/example-results.ts";
import { plainStyle } from "../../test/fake-host.ts";
import { conversionSummary } from "./conversion-summary.ts";
import { issueList } from "./issue-list.ts";
import { planView } from "./plan-view.ts";
import { validationReport } from "./validation-report.ts";

const context = { request: {}, elapsed: 1200, bytesRead: 2_400_000 };
const text = (lines: string[]): string => `\n${lines.join("\n")}\n`;

describe("the summary of a conversion", () => {
  test("a little of everything", () => {
    expect(text(conversionSummary(mixedConversion, context, plainStyle))).toMatchInlineSnapshot(`
      "
      feedback.csv: Delimited text (CSV, TSV) · delimiter semicolon · encoding
        windows-1252
        prompt         ←  Question   90 %  its name is a known synonym
        preferred      ←  best      100 %  given with --columns
        non_preferred  ←  worst     100 %  given with --columns

      rows read    1,203  = 1,200 into records + 2 blank + 1 malformed
      records      1,200  = 1,188 converted + 4 skipped + 8 rejected
      comparisons  1,188  = 1,188 pairs
      pairs        1,188  = 1,188 written

      malformed  1  CSV_RAGGED_ROW: The row has another number of fields than the
                    header
      skipped    4  PAIR_TIE: The answers are tied
      rejected   5  PAIR_IDENTICAL: Both answers are the same
                 3  PAIR_EMPTY_ANSWER: An answer is empty or missing

      changed  1,188  system-from-column: the text of a system column became a system
                      message

      error PAIR_IDENTICAL: Both answers are the same (5)
        feedback.csv:12:1  worst; found "Hello"
        feedback.csv:51:1  worst; found "Mercury."
        and 3 more
        fix: Remove the record, or put the answer that was meant.

      error CSV_RAGGED_ROW: The row has another number of fields than the header (1)
        feedback.csv:40:1  expected 4 fields; found "5 fields"
        fix: Quote the field.

      Every rejected record is in train.rejects.jsonl

      accepted by  openai     1,188
                   azure      1,188
                   together   1,180
                   fireworks  1,188
                   OpenAI takes no new fine-tuning jobs after 2027-01-06; Azure,
                   Together and Fireworks go on taking these files.

      counted  12  exact duplicates: --dedupe exact takes them out
                1  pair states the opposite of another: --conflicts drop takes it out
                   all are kept: nothing valid is removed unless you ask

      train     train.jsonl          1,188 lines  2.3 MB
      rejects   train.rejects.jsonl      9 lines  3.1 kB
      manifest  train.manifest.json               2.1 kB
      in 1.2 s, 1,003 rows/s, 2.0 MB/s

      9 of 1,203 rows (1 %) were rejected, none is allowed: exit code 1
      To end with 0 all the same: --allow-rejects 9

      next  dpo explain PAIR_IDENTICAL
            dpo validate train.jsonl
      "
    `);
  });

  test("nothing to tell", () => {
    expect(text(conversionSummary(cleanConversion, context, plainStyle))).toMatchInlineSnapshot(`
      "
      feedback.csv: Delimited text (CSV, TSV) · delimiter semicolon · encoding
        windows-1252
        prompt         ←  Question   90 %  its name is a known synonym
        preferred      ←  best      100 %  given with --columns
        non_preferred  ←  worst     100 %  given with --columns

      rows read    1  = 1 into records
      records      1  = 1 converted
      comparisons  1  = 1 pair
      pairs        1  = 1 written

      accepted by  openai  1
                   OpenAI takes no new fine-tuning jobs after 2027-01-06; Azure,
                   Together and Fireworks go on taking these files.

      train  standard output  1 line  120 B
      in 1.2 s, 1 row/s, 2.0 MB/s
      "
    `);
  });

  test("of OpenAI's end only where OpenAI is a target", () => {
    const told = (target: ("openai" | "together")[]): boolean =>
      text(conversionSummary(mixedConversion, { ...context, request: { target } }, plainStyle)).includes(
        "2027-01-06",
      );
    expect([told(["openai", "together"]), told(["together"])]).toEqual([true, false]);
  });

  test("what a provider says of the whole file comes with its numbers", () => {
    const note = createIssue("FILE_TOO_FEW_LINES", {
      location: { source: "train.jsonl" },
      expected: "at least 10 lines",
      found: 1,
    });
    const accepted = [{ target: "openai" as const, title: "OpenAI", lines: 1, notes: [note] }];
    const lines = conversionSummary({ ...cleanConversion, accepted }, context, { ...plainStyle, width: 200 });
    expect(text(lines)).toContain("expected at least 10 lines; found 1");
  });

  test("without pairs says so, whatever the exit code", () => {
    const { ledgers } = cleanConversion;
    const none = { ...cleanConversion, ledgers: { ...ledgers, pairs: { ...ledgers.pairs, total: 0 } } };
    for (const exitCode of [0, 1] as const) {
      const lines = conversionSummary({ ...none, exitCode }, context, plainStyle);
      expect(lines).toContain(`1 row gave no pairs: exit code ${exitCode}`);
    }
  });

  test("no line is wider than the terminal, at any width", () => {
    for (const width of [60, 80, 120]) {
      const lines = conversionSummary(mixedConversion, context, { ...plainStyle, width });
      expect(lines.filter((line) => line.length > width)).toEqual([]);
    }
  });
});

test("the plan", () => {
  expect(text(planView(inspection, plainStyle))).toMatchInlineSnapshot(`
    "
    feedback.csv  2.4 MB  Delimited text (CSV, TSV) · csv
      delimiter  semicolon     4 fields in each of 200 records
      encoding   windows-1252  not valid UTF-8

    part of the pair
      prompt         ←  Question   90 %  its name is a known synonym
      preferred      ←  best      100 %  given with --columns
      non_preferred  ←  worst     100 %  given with --columns

    would be changed
      system-from-column  the text of a system column became a system message

    would be left out
      column "rated_by"  no part of a pair is in it, by its name

    The first 200 records: 198 pairs, 2 rejected

    pair 1 (line 2)
      [system] Be brief.
      [user] How long do I boil an egg so that the yolk stays soft?

      preferred                             │ non-preferred
      About six and a half minutes from the │ Eggs are healthy.
      moment the water boils again.         │ They can be cooked in many ways.

    next  dpo convert feedback.csv -o train.jsonl
    "
  `);
});

test("the plan on a narrow terminal: answers under each other", () => {
  expect(text(planView(inspection, { ...plainStyle, width: 50 }))).toContain("\n  preferred\n    About six");
});

test("the report of a validation", () => {
  expect(
    text(validationReport(validation, { elapsed: 300, describeFix: () => "what it does" }, plainStyle)),
  ).toMatchInlineSnapshot(`
    "
    error LINE_INVALID_JSON: The line is not valid JSON (213)
      train.jsonl:1:7  found "}"
      train.jsonl:2:7  found "}"
      train.jsonl:3:7  found "}"
      train.jsonl:4:7  found "}"
      train.jsonl:5:7  found "}"
      and 208 more
      fix: Mend the line at the column given.

    Write every issue to a file with --issues <file>

    file         lines  valid  errors  warnings    size
    train.jsonl  1,000    787     213         1  2.0 MB
    b.jsonl          1      1       0         0   300 B

    mended  3  crlf: what it does

    213 errors, 1 warning; 1,001 lines checked for openai, together in 0.3 s

    next  dpo explain LINE_INVALID_JSON
    "
  `);
});

test("groups beyond the cap are counted, not shown", () => {
  const byCode = [
    ...validation.issues.byCode,
    { code: "IO_EMPTY", severity: "error", title: "Empty", count: 7 } as const,
    { code: "PAIR_TIE", severity: "info", title: "Tied", count: 1 } as const,
  ];
  expect(issueList({ byCode, first: [] }, { groups: 1, each: 1 }, plainStyle)).toEqual([
    "error LINE_INVALID_JSON: The line is not valid JSON (213)",
    "",
    "and 8 more of 2 other codes: IO_EMPTY, PAIR_TIE",
  ]);
});

test("of thousands of columns that are left out, the first are shown", () => {
  const [source] = inspection.plan.sources;
  const losses = Array.from({ length: 5000 }, (_, index) => ({ what: `column "c${index}"`, why: "unknown" }));
  const lines = planView(
    { ...inspection, plan: { ...inspection.plan, sources: [{ ...source!, losses }] } },
    plainStyle,
  );
  expect(lines.filter((line) => line.includes('column "c'))).toHaveLength(20);
  expect(lines).toContain("  and 4,980 more");
});
