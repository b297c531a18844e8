import { tmpdir } from "node:os";
import type { PairBatch } from "@dpo-kit/batch";
import { diskEntrySorters } from "@dpo-kit/io/node";
import { DataError, type Issue } from "@dpo-kit/schema";
import { createLeakCheck, leakIssues } from "@dpo-kit/split";
import type { LeakageResult } from "../conversion-result.ts";
import type { ValidationRequest } from "../validation-request.ts";
import { createJoinedLines } from "./joined-lines.ts";

/** Looks for prompts that are in more than one of the files that are validated. */
export interface Leakage {
  /** Takes the lines of the file of that number. */
  add(batch: PairBatch, file: number): void;
  /** What was found, and an issue for each of the first prompts. */
  report(): { result: LeakageResult; issues: readonly Issue[] };
  /** Safe to call more than once. */
  close(): void;
}

/**
 * Begins what `--leakage` asks for; undefined where it does not ask.
 * @throws RUN_OPTION_INVALID for fewer than two files
 */
export function createLeakage(
  { leakage, memory = 1e9 }: ValidationRequest,
  files: readonly string[],
): Leakage | undefined {
  if (leakage !== true) {
    return undefined;
  }
  const lines = createJoinedLines(files);
  if (lines.names.length < 2) {
    throw new DataError("RUN_OPTION_INVALID", {
      message: `--leakage compares files: there is ${files.length === 1 ? "one" : "one, in shards"}`,
      hint: "dpo validate --leakage train.jsonl validation.jsonl",
    });
  }
  const createSorter = diskEntrySorters({ directory: tmpdir(), maxBytes: memory });
  const check = createLeakCheck({ createSorter, files: lines.names.length });
  return {
    add(batch, file) {
      for (let pair = 0; pair < batch.count; pair += 1) {
        check.add(batch.promptKey, pair, lines.join({ file, line: batch.physicalLine[pair]! }));
      }
    },
    report() {
      const report = check.report();
      const overlaps = report.overlaps.map(({ files: [one, other], ...overlap }) => ({
        files: [lines.names[one]!, lines.names[other]!] as const,
        ...overlap,
      }));
      const examples = report.examples.map((places) => places.map(lines.place));
      const issues = leakIssues({ ...report, examples }, files);
      return { result: { sharedPrompts: report.sharedPrompts, overlaps }, issues };
    },
    close: () => check.close(),
  };
}
