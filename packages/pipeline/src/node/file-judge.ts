import type { PairBatch } from "@dpo-kit/batch";
import type { JsonRecord } from "@dpo-kit/io";
import type { DpoExample, Issue, TargetId } from "@dpo-kit/schema";
import { lineIssues } from "../line-issues.ts";
import { createRepeatedLines } from "../repeated-lines.ts";
import type { IssueTally } from "../tally.ts";
import type { FixedCopy } from "./fixed-copy.ts";
import type { IssueOutputs } from "./issue-outputs.ts";

/** Judges the lines of one file and counts what it finds. */
export interface FileJudge {
  lines: number;
  valid: number;
  errors: number;
  warnings: number;
  take(record: JsonRecord): Promise<void>;
  report(issue: Issue): Promise<void>;
  end(): Promise<void>;
}

/** What a judge reports to, and by which rules it judges. */
export interface FileJudgeOptions {
  readonly targets: readonly TargetId[];
  readonly tally: IssueTally;
  readonly issues: IssueOutputs;
  /** Mends each line before it is judged. */
  readonly copy: FixedCopy | undefined;
  /** Is shown the keys of the lines that hold no error. */
  readonly onBatch?: ((batch: PairBatch) => void) | undefined;
}

/** A judge of the lines of one file. */
export async function createFileJudge(source: string, options: FileJudgeOptions): Promise<FileJudge> {
  const { targets, tally, issues: outputs, copy, onBatch } = options;
  const repeated = await createRepeatedLines({ onBatch });
  const judge: FileJudge = {
    lines: 0,
    valid: 0,
    errors: 0,
    warnings: 0,
    async take(record) {
      judge.lines += 1;
      const { value, issues } =
        copy === undefined
          ? { value: record.value, issues: lineIssues(record, source, targets) }
          : await copy.mend(record, { source, targets });
      for (const issue of issues) {
        await judge.report(issue);
      }
      if (issues.every(({ severity }) => severity !== "error")) {
        judge.valid += 1;
        const place = { source, ordinal: record.ordinal, line: record.line };
        await reportAll(repeated.add(value as DpoExample, place));
      }
    },
    async report(issue) {
      tally.add(issue);
      judge.errors += issue.severity === "error" ? 1 : 0;
      judge.warnings += issue.severity === "warning" ? 1 : 0;
      await outputs.write(issue);
    },
    async end() {
      await reportAll(repeated.end());
    },
  };
  async function reportAll(issues: readonly Issue[]): Promise<void> {
    for (const issue of issues) {
      await judge.report(issue);
    }
  }
  return judge;
}
