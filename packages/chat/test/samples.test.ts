import { DataError } from "@dpo-kit/schema";
import { describe, expect, it } from "vitest";
import { signalNames } from "../src/index.ts";
import { convertFiles, readTable, realData, realFiles } from "./real-data.ts";

/** Samples of formats that are shaped as rows: another package reads them. */
const rowShaped: ReadonlySet<string> = new Set(["arena.jsonl", "alpacaeval.annotations.json"]);

/** Why a sample is refused as a whole. */
const refusals: ReadonlySet<string> = new Set(["CHAT_NO_PREFERENCES", "CHAT_ANSWERS_CUT"]);

/** What stands beside a sample in the same export. */
function companionsOf(file: string): string[] {
  return /^chatgpt\.(?:message_feedback|model_comparisons\.v3)/u.test(file)
    ? ["chatgpt.conversations.json"]
    : [];
}

interface Sample {
  file: string;
  pairs_default: string;
  pairs_all_signals: string;
}

function listSamples(): Sample[] {
  return readTable("chat-samples/EXPECTED.tsv") as unknown as Sample[];
}

describe.runIf(realData !== undefined)("a minimal file of each format", () => {
  const samples = realData === undefined ? [] : listSamples().filter(({ file }) => !rowShaped.has(file));
  const filesOf = (file: string): ReturnType<typeof realFiles> =>
    realFiles([file, ...companionsOf(file)].map((name) => `chat-samples/${name}`));

  async function pairsOf(file: string, signals?: typeof signalNames): Promise<unknown> {
    try {
      return (await convertFiles(filesOf(file), signals === undefined ? {} : { signals })).pairs;
    } catch (error) {
      if (DataError.isInstance(error) && refusals.has(error.code)) {
        return [];
      }
      throw error;
    }
  }
  const expected = (count: string): unknown[] =>
    Array.from({ length: Number(count) }, () => ["Paris.", "Lyon."]);

  it.each(samples)("$file: $pairs_default by default", async ({ file, pairs_default: count }) => {
    expect(await pairsOf(file)).toEqual(expected(count));
  });

  it.each(samples)("$file: $pairs_all_signals by all signals", async ({ file, pairs_all_signals: count }) => {
    expect(await pairsOf(file, signalNames)).toEqual(expected(count));
  });
});

if (realData === undefined) {
  it.skip("a minimal file of each format: is not at hand: set DPO_REAL_DATA to the folder that holds chat-samples/", () => {});
}
