import type { Counts, Ledgers } from "@dpo-kit/batch";
import type { IssueCode } from "@dpo-kit/schema";
import type { IssueReport, OutputRecord } from "../conversion-result.ts";

/** Where the examples of one target went: examples = written + left out by reason. */
export interface ExportLedger {
  examples: number;
  /** Examples of which a row or more is in a file. */
  written: number;
  /** Rows in all files. */
  rows: number;
  /** By code. */
  leftOut: Counts;
  /** By code, each once an example; of examples that were written. */
  losses: Counts;
}

/** What was written for one target. */
export interface ExportReport extends Readonly<ExportLedger> {
  /** The id of the target. */
  readonly target: string;
  readonly title: string;
  /** Losses that are what the target is. */
  readonly byDesign: readonly IssueCode[];
}

/** What a run of `dpo export` did, or would do. */
export interface ExportResult {
  readonly command: "export";
  readonly ok: boolean;
  /** 1: broken lines in the input, or a target that holds no example of it. */
  readonly exitCode: 0 | 1;
  /** Whether only a plan was asked for: everything was read and counted, and nothing written. */
  readonly isPlan: boolean;
  readonly ledgers: Ledgers;
  /** In the order in which targets were asked for. */
  readonly exports: readonly ExportReport[];
  readonly outputs: readonly OutputRecord[];
  readonly issues: IssueReport;
  readonly next: readonly string[];
}
