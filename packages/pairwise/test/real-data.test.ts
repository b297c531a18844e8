import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Outcome } from "@dpo-kit/batch";
import { decodeText, readJsonArray, readJsonLines } from "@dpo-kit/io";
import type { JsonValue } from "@dpo-kit/schema";
import { collect } from "@dpo-kit/testkit";
import { afterAll, describe, expect, test } from "vitest";
import {
  convertPairwise,
  type PairwiseConvertOptions,
  type PairwiseRow,
  type UnpairedExample,
} from "../src/index.ts";

const root = process.env.DPO_REAL_DATA;

/** One line of SOURCES.tsv: what a real file is to come to. */
interface RealFile {
  file: string;
  shape: string;
  pairs: number;
  drops: Record<string, number>;
  alternatives: Record<string, number>;
}

/** The options under which a file has the listed pairs, where these are not the defaults. */
const listedUnder: Readonly<Record<string, PairwiseConvertOptions>> = {
  // The list counts every ranking of a tree; by default each gives its best against its worst answer.
  "LAION-AI+Open-Assistant/model/model_eval/manual/data/en_100_tree.jsonl": { policy: { pairs: "all" } },
  // The list calls every row unpaired; two of them reply to one conversation, one good and one bad (see below).
  "hiyouga+LLaMA-Factory/data/kto_en_demo.json": { gatherBy: ["messages"] },
};

/** What the list calls the selections. */
const selections = { adjacent: "adjacent", best_vs_worst: "best-worst" } as const;

if (root === undefined) {
  test.skip("real data: skipped because DPO_REAL_DATA does not name the folder of real files", () => {});
} else {
  const folder = join(root, "pairwise");
  const files = readSources(folder).filter(({ file }) => /\.jsonl?(?:\.gz)?$/u.test(file));
  const table: Record<string, unknown>[] = [];

  describe("real data", () => {
    test("is there", () => expect(files.length).toBeGreaterThan(20));

    test.each(files)("$file gives the listed pairs", async ({ file, pairs, drops, alternatives }) => {
      const found = await convert(folder, file, listedUnder[file]);
      table.push({ file, listed: pairs, found: found.pairs, ...found.dropped, notes: found.notes });
      expect(found.pairs).toBe(pairs);
      expect(found.dropped).toEqual(drops);
      for (const [name, listed] of Object.entries(alternatives)) {
        const selection = selections[name as keyof typeof selections];
        const other = await convert(folder, file, { policy: { pairs: selection } });
        table.push({ file: `${file} (${selection})`, listed, found: other.pairs, ...other.dropped });
        expect(other.pairs).toBe(listed);
      }
    });

    test("with a lone judgement makes a pair where one context has both", async () => {
      const found = await convert(folder, "hiyouga+LLaMA-Factory/data/kto_en_demo.json");
      expect(found).toMatchObject({ pairs: 1, good: 149, bad: 149 });
    });
  });

  // biome-ignore lint/suspicious/noConsole: the table is what somebody runs this for
  afterAll(() => console.table(table));
}

interface Found {
  pairs: number;
  notes: number;
  /** By the names of the list. */
  dropped: Record<string, number>;
  good: number;
  bad: number;
}

async function convert(folder: string, file: string, options: PairwiseConvertOptions = {}): Promise<Found> {
  const unpaired: UnpairedExample[] = [];
  const rows = rowsOf(join(folder, file));
  const outcomes = await collect(
    convertPairwise(rows, { ...options, onUnpaired: (example) => unpaired.push(example) }),
  );
  const made = outcomes.flatMap((outcome) => (outcome.kind === "pairs" ? outcome : []));
  const good = unpaired.filter(({ label }) => label).length;
  const bad = unpaired.length - good;
  const dropped = reasonsOf(outcomes);
  return {
    pairs: made.reduce((total, { pairs }) => total + pairs.length, 0),
    notes: made.reduce((total, { notes = [] }) => total + notes.length, 0),
    dropped:
      unpaired.length === 0 ? dropped : { ...dropped, unpaired_label_true: good, unpaired_label_false: bad },
    good,
    bad,
  };
}

/** Why comparisons gave no pair, and how often two turns of one speaker became one. */
function reasonsOf(outcomes: readonly Outcome[]): Record<string, number> {
  const names = outcomes.flatMap((outcome) => [
    ...(outcome.dropped ?? []).map(({ reason }) => reason as string),
    ...(outcome.kind === "pairs" ? outcome.pairs[0]!.transforms : []).flatMap((name) =>
      name === "turns-merged" ? "merged_same_role" : [],
    ),
  ]);
  const counts: Record<string, number> = {};
  for (const name of names) {
    counts[name] = (counts[name] ?? 0) + 1;
  }
  return counts;
}

function readSources(folder: string): RealFile[] {
  const [head, ...lines] = readFileSync(join(folder, "SOURCES.tsv"), "utf8").trimEnd().split("\n");
  const names = head!.split("\t");
  const files = lines.map((line) => {
    const cells = line.split("\t");
    const cell = (name: string): string => cells[names.indexOf(name)] ?? "";
    return {
      file: cell("local_file"),
      shape: cell("shape"),
      pairs: Number(cell("pairs")),
      drops: countsOf(cell("drops")),
      alternatives: countsOf(cell("alternatives")),
    };
  });
  // Files that only describe others have no pairs to count.
  return files.filter(({ pairs }) => Number.isInteger(pairs));
}

/** `empty=4;identical=1`. Replies that nobody ranked are no comparisons, so none of them is dropped. */
function countsOf(text: string): Record<string, number> {
  const parts = text.split(";").filter((part) => part !== "" && !part.startsWith("unranked_reply="));
  return Object.fromEntries(
    parts.map((part) => part.split("=")).map(([name, count]) => [name, Number(count)]),
  );
}

async function* rowsOf(path: string): AsyncGenerator<PairwiseRow> {
  const text = await decodeText(new Uint8Array(readFileSync(path)));
  const isArray = new TextDecoder().decode(text.head.subarray(0, 100)).trimStart().startsWith("[");
  for await (const record of isArray ? readJsonArray(text.chunks) : readJsonLines(text.chunks)) {
    if (!("blank" in record && record.blank === true)) {
      const { issues, byteLength: bytes, ordinal, line } = record;
      yield { value: record.value as JsonValue, at: { source: path, ordinal, line }, issues, bytes };
    }
  }
}
