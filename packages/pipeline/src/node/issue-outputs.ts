import type { Issue } from "@dpo-kit/schema";
import { formatSarif, LARGEST_SARIF } from "./issue-files.ts";
import { formatIssueLine } from "./reject-line.ts";
import type { LineOutput, RunOutputs } from "./run-outputs.ts";

/** Writes every issue to the files the user named, if any. */
export interface IssueOutputs {
  /** Whether every issue is wanted, not only the first of each kind. */
  readonly wantsAll: boolean;
  write(issue: Issue): Promise<void>;
  end(): Promise<void>;
}

/** Opens what `--issues` and `--sarif` name. */
export async function createIssueOutputs(
  request: { readonly issues?: string; readonly sarif?: string },
  outputs: RunOutputs,
): Promise<IssueOutputs> {
  const { issues: issuesPath, sarif: sarifPath } = request;
  const lines: LineOutput | undefined =
    issuesPath === undefined ? undefined : await outputs.open("issues", issuesPath);
  const kept: Issue[] = [];
  return {
    wantsAll: issuesPath !== undefined || sarifPath !== undefined,
    async write(issue) {
      if (sarifPath !== undefined && kept.length < LARGEST_SARIF) {
        kept.push(issue);
      }
      await lines?.writeLine(formatIssueLine(issue));
    },
    async end() {
      if (sarifPath !== undefined) {
        await outputs.writeWhole("sarif", sarifPath, formatSarif(kept));
      }
    },
  };
}
