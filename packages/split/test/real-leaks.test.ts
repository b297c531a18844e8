import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import type { PairBatch } from "@dpo-kit/batch";
import type { Message } from "@dpo-kit/schema";
import { beforeAll, describe, expect, test } from "vitest";
import { batchesOf, type PairFacts } from "./batches.ts";
import { hashedTenth, type LeakFigures, leakFigures, randomTenth } from "./leak-figures.ts";

const folder = process.env.DPO_REAL_DATA;

/** The prompt of an hh-rlhf transcript (https://github.com/anthropics/hh-rlhf): all turns but the last answer. */
function pairOf(transcript: string): PairFacts {
  const turns = transcript.split(/\n\n(?=Human:|Assistant:)/u).filter((turn) => turn !== "");
  const messages = turns.map((turn): Message => {
    const [, speaker, content] = /^(Human|Assistant):\s*(.*)$/su.exec(turn)!;
    return { role: speaker === "Human" ? "user" : "assistant", content: content! };
  });
  const answer = messages.pop()!.content as string;
  return { prompt: messages.pop()!.content as string, earlier: messages, answer };
}

function readPairs(path: string): PairFacts[] {
  const lines = gunzipSync(readFileSync(path)).toString("utf8").trimEnd().split("\n");
  return lines.map((line) => pairOf((JSON.parse(line) as { chosen: string }).chosen));
}

function percent(part: number, whole: number): string {
  return `${((100 * part) / whole).toFixed(1)} %`;
}

if (folder === undefined) {
  test.skip("leaks in real data: skipped because DPO_REAL_DATA does not name the folder of real files", () => {});
} else {
  describe("hh-rlhf harmless-base, its test file, a tenth of it for testing", () => {
    let batch: PairBatch;
    beforeAll(async () => {
      const pairs = readPairs(
        join(folder, "pairwise", "anthropics+hh-rlhf", "harmless-base", "test.jsonl.gz"),
      );
      [batch] = (await batchesOf(pairs, pairs.length)) as [PairBatch];
    });

    test("a random split leaks openings; ours by conversation leaks nothing", async () => {
      const seeds = Array.from({ length: 50 }, (_, seed) => seed);
      const random = await Promise.all(
        seeds.map((seed) => leakFigures(batch, randomTenth(batch.count, seed))),
      );
      const byPrompt = await leakFigures(batch, await hashedTenth(batch, "prompt"));
      const byConversation = await leakFigures(batch, await hashedTenth(batch, "conversation"));
      // biome-ignore lint/suspicious/noConsole: the table is what somebody runs this for
      console.table({
        "random, mean of 50 seeds": shown(meanOf(random)),
        "random, worst of them": shown(worstOf(random)),
        "by prompt": shown(byPrompt),
        "by conversation": shown(byConversation),
      });
      expect(batch.count).toBe(2312);
      expect(meanOf(random).sameOpening / meanOf(random).testRows).toBeGreaterThan(0.1);
      expect(byPrompt.samePrompt).toBe(0);
      expect([byConversation.samePrompt, byConversation.sameOpening]).toEqual([0, 0]);
    });
  });
}

function meanOf(figures: readonly LeakFigures[]): LeakFigures {
  const mean = (name: keyof LeakFigures) =>
    figures.reduce((sum, each) => sum + each[name], 0) / figures.length;
  return { testRows: mean("testRows"), samePrompt: mean("samePrompt"), sameOpening: mean("sameOpening") };
}

function worstOf(figures: readonly LeakFigures[]): LeakFigures {
  return figures.reduce((worst, each) => (each.sameOpening > worst.sameOpening ? each : worst));
}

function shown({ testRows, samePrompt, sameOpening }: LeakFigures): Record<string, string> {
  return {
    "test rows": String(Math.round(testRows)),
    "same prompt in train": percent(samePrompt, testRows),
    "same opening in train": percent(sameOpening, testRows),
  };
}
