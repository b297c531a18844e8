import type { ConversionResult, InspectionResult, SourcePlan, ValidationResult } from "@dpo-kit/pipeline";
import { createIssue } from "@dpo-kit/schema";

const source: SourcePlan = {
  source: "feedback.csv",
  size: 2_400_000,
  format: "csv",
  formatTitle: "Delimited text (CSV, TSV)",
  facts: [
    { label: "delimiter", value: "semicolon", why: "4 fields in each of 200 records" },
    { label: "encoding", value: "windows-1252", why: "not valid UTF-8" },
  ],
  mapping: [
    { role: "prompt", from: "Question", confidence: 0.9, why: "its name is a known synonym" },
    { role: "preferred", from: "best", confidence: 1, why: "given with --columns" },
    { role: "non_preferred", from: "worst", confidence: 1, why: "given with --columns" },
  ],
  transforms: ["system-from-column"],
  losses: [{ what: 'column "rated_by"', why: "no part of a pair is in it, by its name" }],
  notes: [],
  columns: ["Question", "best", "worst", "rated_by"],
  preview: [
    {
      line: 2,
      prompt: "[system] Be brief.\n[user] How long do I boil an egg so that the yolk stays soft?",
      preferred: "About six and a half minutes from the moment the water boils again.",
      nonPreferred: "Eggs are healthy.\n\nThey can be cooked in many ways.",
    },
  ],
  sample: { records: 200, pairs: 198, rejected: 2, skipped: 0, complete: false },
};

const at = (
  line: number,
  path?: string,
): { source: string; line: number; column: number; path?: string } => ({
  source: "feedback.csv",
  line,
  column: 1,
  ...(path === undefined ? {} : { path }),
});

/** A conversion with a little of everything. */
export const mixedConversion: ConversionResult = {
  command: "convert",
  ok: false,
  exitCode: 1,
  plan: { schema: "dpo-kit/plan@1", sources: [source], reducers: [], passes: 1 },
  ledgers: {
    units: { read: 1203, blank: 2, malformed: 1, intoRecords: 1200, unjoined: 0, notRead: 0 },
    records: {
      total: 1200,
      converted: 1188,
      skipped: new Map([["PAIR_TIE", 4]]),
      rejected: new Map([
        ["PAIR_IDENTICAL", 5],
        ["PAIR_EMPTY_ANSWER", 3],
      ]),
    },
    comparisons: { considered: 1188, pairs: 1188, dropped: new Map() },
    pairs: {
      total: 1188,
      written: new Map([["train.jsonl", 1188]]),
      duplicate: 0,
      conflict: 0,
      filtered: new Map(),
      heldOut: 0,
      sampledOut: 0,
    },
  },
  transforms: new Map([["system-from-column", 1188]]),
  outputs: [
    { kind: "train", path: "train.jsonl", lines: 1188, bytes: 2_300_000 },
    { kind: "rejects", path: "train.rejects.jsonl", lines: 9, bytes: 3100 },
    { kind: "manifest", path: "train.manifest.json", lines: 80, bytes: 2100 },
  ],
  issues: {
    byCode: [
      { code: "PAIR_IDENTICAL", severity: "error", title: "Both answers are the same", count: 5 },
      {
        code: "CSV_RAGGED_ROW",
        severity: "error",
        title: "The row has another number of fields than the header",
        count: 1,
      },
    ],
    first: [
      createIssue("PAIR_IDENTICAL", { location: at(12, "worst"), found: "Hello" }),
      createIssue("CSV_RAGGED_ROW", {
        location: at(40),
        expected: "4 fields",
        found: "5 fields",
        hint: "Quote the field.",
      }),
      createIssue("PAIR_IDENTICAL", { location: at(51, "worst"), found: "Mercury." }),
    ],
  },
  accepted: [
    { target: "openai", title: "OpenAI", lines: 1188, notes: [] },
    { target: "azure", title: "Azure", lines: 1188, notes: [] },
    { target: "together", title: "Together", lines: 1180, notes: [] },
    { target: "fireworks", title: "Fireworks", lines: 1188, notes: [] },
  ],
  duplicates: { exact: 12, reversed: 1, lowerBound: false },
  next: ["dpo explain PAIR_IDENTICAL", "dpo validate train.jsonl"],
};

/** The same without anything to tell. */
export const cleanConversion: ConversionResult = {
  ...mixedConversion,
  ok: true,
  exitCode: 0,
  ledgers: {
    units: { read: 1, blank: 0, malformed: 0, intoRecords: 1, unjoined: 0, notRead: 0 },
    records: { total: 1, converted: 1, skipped: new Map(), rejected: new Map() },
    comparisons: { considered: 1, pairs: 1, dropped: new Map() },
    pairs: {
      total: 1,
      written: new Map([["train.jsonl", 1]]),
      duplicate: 0,
      conflict: 0,
      filtered: new Map(),
      heldOut: 0,
      sampledOut: 0,
    },
  },
  transforms: new Map(),
  outputs: [{ kind: "train", path: "-", lines: 1, bytes: 120 }],
  issues: { byCode: [], first: [] },
  accepted: [{ target: "openai", title: "OpenAI", lines: 1, notes: [] }],
  duplicates: { exact: 0, reversed: 0, lowerBound: false },
  next: [],
};

/** A plan of one source. */
export const inspection: InspectionResult = {
  command: "inspect",
  ok: true,
  exitCode: 0,
  plan: { schema: "dpo-kit/plan@1", sources: [source], reducers: [], passes: 1 },
  next: ["dpo convert feedback.csv -o train.jsonl"],
};

/** Two files with problems. */
export const validation: ValidationResult = {
  command: "validate",
  ok: false,
  exitCode: 1,
  files: [
    { source: "train.jsonl", lines: 1000, bytes: 2_000_000, valid: 787, errors: 213, warnings: 1 },
    { source: "b.jsonl", lines: 1, bytes: 300, valid: 1, errors: 0, warnings: 0 },
  ],
  targets: ["openai", "together"],
  issues: {
    byCode: [
      { code: "LINE_INVALID_JSON", severity: "error", title: "The line is not valid JSON", count: 213 },
    ],
    first: Array.from({ length: 100 }, (_, index) =>
      createIssue("LINE_INVALID_JSON", {
        location: { source: "train.jsonl", line: index + 1, column: 7 },
        found: "}",
      }),
    ),
  },
  outputs: [],
  fixes: new Map([["crlf", 3]]),
  next: ["dpo explain LINE_INVALID_JSON"],
};
