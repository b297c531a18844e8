import { readFileSync } from "node:fs";
import { join } from "node:path";
import { collect } from "@dpo-kit/testkit";
import { describe, expect, test } from "vitest";
import { type CsvConvertOptions, type CsvFormatOptions, convertCsv, formatCsv } from "../src/index.ts";

const folder = process.env.DPO_REAL_DATA;

/** A record of a real file. */
type RealRecord = Readonly<Record<string, unknown>>;

interface RealFile {
  file: string;
  /** The table that somebody would make of it; default: each member a column. */
  toRow?: (record: RealRecord) => RealRecord;
  options?: CsvConvertOptions;
}

/** Records that say by a number which of two outputs is the better one, as a table that says it by its columns. */
function byLabel({ input, output_1: one, output_2: two, label }: RealRecord): RealRecord {
  return { input, chosen: label === 1 ? one : two, rejected: label === 1 ? two : one };
}

const llmBar = ["Natural", "Adversarial/GPTInst", "Adversarial/GPTOut", "Adversarial/Manual"].map(
  (part) => `LLMBar/${part}`,
);

const realFiles: RealFile[] = [
  { file: "hiyouga+LLaMA-Factory/data/dpo_en_demo.json" },
  { file: "hiyouga+LLaMA-Factory/data/dpo_zh_demo.json" },
  { file: "shibing624+MedicalGPT/data/reward/dpo_zh_500.jsonl" },
  { file: "shibing624+MedicalGPT/data/reward/toolcall_dpo_zh_demo.jsonl" },
  { file: "cluebbers+adverserial-paraphrasing/data/dpo_train.jsonl" },
  {
    file: "lets-data-science+finetuning-lab/data/preference_pairs.jsonl",
    options: { columns: { prompt: "request" } },
  },
  ...[
    ...llmBar,
    "LLMBar/Adversarial/Neighbor",
    "Processed/MT-Bench",
    "Processed/LLMEval^2",
    "Processed/FairEval",
  ].map((part) => ({ file: `princeton-nlp+LLMBar/Dataset/${part}/dataset.json`, toRow: byLabel })),
];

interface Style extends CsvFormatOptions {
  name: string;
  encode: (text: string) => Uint8Array;
}

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const utf16 = (text: string): Uint8Array => Buffer.from(`\ufeff${text}`, "utf16le");

const styles: Style[] = [
  { name: "commas, UTF-8", encode: utf8 },
  {
    name: "semicolons, CRLF, a byte order mark",
    delimiter: ";",
    newline: "\r\n",
    encode: (text) => utf8(`\ufeff${text}`),
  },
  { name: "tabs, UTF-16LE, CRLF", delimiter: "\t", newline: "\r\n", encode: utf16 },
  { name: "pipes, everything quoted", delimiter: "|", quoteAll: true, encode: utf8 },
];

if (folder === undefined) {
  test.skip("real rows: skipped because DPO_REAL_DATA does not name the folder of real files", () => {});
} else {
  const root = join(folder, "pairwise");
  const listed = listedPairs(readFileSync(join(root, "SOURCES.tsv"), "utf8"));

  describe.each(realFiles)("the rows of $file, written as a table", ({ file, toRow, options }) => {
    const records = readRecords(readFileSync(join(root, file), "utf8"));
    const rows = toTable(toRow === undefined ? records : records.map(toRow));

    test.each(styles)("with $name, give the pairs that are listed", async ({ encode, ...style }) => {
      const outcomes = await collect(
        convertCsv(encode(formatCsv(rows, style)), { ...options, source: file }),
      );
      const pairs = outcomes.filter(({ kind }) => kind === "pairs");
      expect(outcomes).toHaveLength(records.length);
      expect(pairs).toHaveLength(listed.get(file)!);
    });
  });
}

/** The number of pairs of each local file, by the list that lies beside them. */
function listedPairs(text: string): Map<string, number> {
  const [header, ...lines] = text.split("\n").map((line) => line.split("\t"));
  const [file, pairs] = ["local_file", "pairs"].map((name) => header!.indexOf(name));
  return new Map(
    lines.filter(({ length }) => length > 1).map((cells) => [cells[file!]!, Number(cells[pairs!])]),
  );
}

function readRecords(text: string): RealRecord[] {
  return text.startsWith("[")
    ? JSON.parse(text)
    : text
        .split("\n")
        .filter((line) => line !== "")
        .map((line) => JSON.parse(line));
}

/** A table of records: text as it is, anything else as JSON, as pandas and its like are told to write it. */
function toTable(records: readonly RealRecord[]): string[][] {
  const names = [...new Set(records.flatMap((record) => Object.keys(record)))];
  const cell = (value: unknown): string =>
    typeof value === "string" ? value : value === undefined ? "" : JSON.stringify(value);
  return [names, ...records.map((record) => names.map((name) => cell(record[name])))];
}
