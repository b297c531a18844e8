import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Outcome } from "@dpo-kit/batch";
import {
  type ChatConvertOptions,
  type ChatCounts,
  type ChatFile,
  convertChat,
  emptyChatCounts,
} from "../src/index.ts";
import { fileOnDisk } from "./chat-fixtures.ts";

/** The folder of real data, which is no part of this repository; undefined where it is not at hand. */
export const realData: string | undefined = process.env.DPO_REAL_DATA;

/** Files under the folder of real data. */
export function realFiles(paths: readonly string[]): ChatFile[] {
  return paths.map((path) => fileOnDisk(join(realData!, path), path));
}

/** Whether a file is there. */
export function isThere(path: string): boolean {
  return existsSync(join(realData!, path));
}

/** The rows of a tab-separated file, by the names in its header. */
export function readTable(path: string): Record<string, string>[] {
  const [header, ...lines] = readFileSync(join(realData!, path), "utf8").trimEnd().split("\n");
  const names = header!.split("\t");
  return lines.map((line) =>
    Object.fromEntries(line.split("\t").map((cell, index) => [names[index]!, cell])),
  );
}

/** A conversion: its pairs as texts, how its records ended, and its counts. */
export interface Converted {
  pairs: [preferred: unknown, nonPreferred: unknown][];
  outcomes: Outcome[];
  counts: ChatCounts;
}

/** Converts files. */
export async function convertFiles(
  files: readonly ChatFile[],
  options: ChatConvertOptions = {},
): Promise<Converted> {
  const counts = emptyChatCounts();
  const outcomes: Outcome[] = [];
  for await (const outcome of convertChat(files, { ...options, counts })) {
    outcomes.push(outcome);
  }
  const pairs = outcomes.flatMap((outcome) =>
    outcome.kind === "pairs"
      ? outcome.pairs.map(({ example }): [unknown, unknown] => [
          example.preferred_output[0]!.content,
          example.non_preferred_output[0]!.content,
        ])
      : [],
  );
  return { pairs, outcomes, counts };
}
