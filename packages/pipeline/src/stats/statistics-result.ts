import type { CostEstimate, DatasetStatistics, Finding } from "@dpo-kit/stats";
import type { EncodingName } from "@dpo-kit/tokens";
import type { IssueReport, OutputRecord } from "../conversion-result.ts";

/** A file that statistics were gathered of. */
export interface StatisticsFile {
  readonly source: string;
  /** The part of the dataset it holds, where it is one of a run. */
  readonly split?: string;
  readonly pairs: number;
  /** Lines that hold no pair, or a broken one. */
  readonly rejected: number;
}

/** A finding, and the command that acts on it. */
export interface ActionableFinding extends Finding {
  /** Ready to paste; absent where no command can help. */
  readonly command?: string;
}

/** What was found out about canonical files. */
export interface StatisticsResult {
  readonly command: "stats";
  readonly ok: boolean;
  /** 1 where a line could not be read, or there are no pairs. */
  readonly exitCode: 0 | 1;
  readonly files: readonly StatisticsFile[];
  readonly statistics: DatasetStatistics;
  readonly findings: readonly ActionableFinding[];
  /** Absent where tokens were not counted. */
  readonly encoding?: EncodingName;
  /** Absent where tokens were not counted. */
  readonly cost?: readonly CostEstimate[];
  readonly epochs: number;
  /** Of the lines that could not be read. */
  readonly issues: IssueReport;
  readonly outputs: readonly OutputRecord[];
  readonly next: readonly string[];
}
