import { readFileSync } from "node:fs";
import { join } from "node:path";
import { DataError } from "@dpo-kit/schema";
import { afterAll, describe, expect, test } from "vitest";
import { runConversion } from "../src/node.ts";
import { workspace } from "./workspace.ts";

const folder = process.env.DPO_REAL_DATA;

interface Sample {
  readonly file: string;
  readonly usual: number;
  readonly all: number;
}

function readSamples(path: string): Sample[] {
  const [, ...lines] = readFileSync(path, "utf8").trimEnd().split("\n");
  return lines.map((line) => {
    const [file, usual, all] = line.split("\t");
    return { file: file!, usual: Number(usual), all: Number(all) };
  });
}

/** Ratings and comparisons that name messages of another file. */
function companionsOf(file: string): string[] {
  return /^chatgpt\.(?:message_feedback|model_comparisons\.v3)/u.test(file)
    ? ["chatgpt.conversations.json"]
    : [];
}

/** What says that a file holds no preferences. */
const refusals: ReadonlySet<string> = new Set([
  "CHAT_NO_PREFERENCES",
  "CHAT_ANSWERS_CUT",
  "RUN_NO_PREFERENCES",
]);

/** The texts of both sides of each pair of some files, through the whole pipeline. */
async function pairsOf(inputs: readonly string[], signals: string): Promise<string[][]> {
  const place = await workspace();
  try {
    await runConversion({ inputs, output: place.path("out.jsonl"), signals });
  } catch (error) {
    if (DataError.isInstance(error) && refusals.has(error.code)) {
      return [];
    }
    throw error;
  }
  const lines = (await place.list()).includes("out.jsonl") ? await place.readLines("out.jsonl") : [];
  return lines.map(({ preferred_output, non_preferred_output }) =>
    [preferred_output, non_preferred_output].map(
      (output) => (output as unknown as { content: string }[])[0]!.content,
    ),
  );
}

if (folder === undefined) {
  test.skip("samples of chat logs: skipped because DPO_REAL_DATA does not name the folder of real files", () => {});
} else {
  const samples = readSamples(join(folder, "chat-samples", "EXPECTED.tsv"));
  const table: Record<string, unknown>[] = [];

  describe("samples of chat logs, through the whole pipeline", () => {
    test.each(samples)("$file", async ({ file, usual, all }) => {
      const inputs = [file, ...companionsOf(file)].map((name) => join(folder, "chat-samples", name));
      const found = { usual: await pairsOf(inputs, "default"), all: await pairsOf(inputs, "all") };
      table.push({ file, usual, found: found.usual.length, all, "found of all": found.all.length });
      const pairs = (count: number): string[][] => Array.from({ length: count }, () => ["Paris.", "Lyon."]);
      expect(found).toEqual({ usual: pairs(usual), all: pairs(all) });
    });
  });
  // biome-ignore lint/suspicious/noConsole: the table is what is asked for.
  afterAll(() => console.table(table));
}
