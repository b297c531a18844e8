import type { DatasetDiff } from "@dpo-kit/stats";
import type { EncodingName } from "@dpo-kit/tokens";
import type { IssueReport } from "../conversion-result.ts";
import type { StatisticsFile } from "../stats/statistics-result.ts";

/** What changed from one dataset to another. */
export interface DiffResult {
  readonly command: "diff";
  readonly ok: boolean;
  /** 1 where a line could not be read, or where the two differ and that was asked for. */
  readonly exitCode: 0 | 1;
  /** Of both; the places in `diff` name them by their number, the new ones after the old. */
  readonly files: readonly DiffFile[];
  readonly diff: DatasetDiff;
  /** Where tokens were counted. */
  readonly encoding?: EncodingName;
  /** Of the lines that could not be read. */
  readonly issues: IssueReport;
  readonly next: readonly string[];
}

/** A file of one of the two datasets. */
export interface DiffFile extends StatisticsFile {
  readonly side: "old" | "new";
}
