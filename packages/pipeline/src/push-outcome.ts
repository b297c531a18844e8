import type { IssueReport, OutputRecord } from "./conversion-result.ts";

/** What a push did. */
export interface PushOutcome {
  readonly command: "push";
  readonly ok: boolean;
  /** 0, or 1 where a file holds errors: then nothing was pushed. */
  readonly exitCode: 0 | 1;
  /** The dataset and the branch. */
  readonly destination: string;
  /** The files, by their paths in the dataset; `kind` is the split. */
  readonly outputs: readonly OutputRecord[];
  readonly issues: IssueReport;
  /** The text of the dataset card; missing where a file holds errors. */
  readonly cardText?: string;
  /** What came of it; missing where nothing was pushed. */
  readonly pushed?: PushedCommit;
  readonly next: readonly string[];
}

/** A commit on the Hub. */
export interface PushedCommit {
  readonly commit: string;
  /** The commit before it. */
  readonly parent: string;
  /** The page of the dataset. */
  readonly page: string;
  /** `replaced` is said of a card that dpo-kit did not write. */
  readonly card: "created" | "updated" | "replaced";
}
