import { formatHubAddress, type HubAddress } from "@dpo-kit/hub";
import type { IssueReport } from "./conversion-result.ts";
import { shellWord } from "./options/shell-word.ts";
import type { PushRequest } from "./push-request.ts";

/** What is known when a push ends. */
export interface PushEnd {
  readonly request: PushRequest;
  readonly issues: IssueReport;
  /** The files, as they are on this machine. */
  readonly sources: readonly string[];
  readonly address: HubAddress;
  /** The split of the first file. */
  readonly split: string;
}

/** What is worth running after a push. */
export function nextAfterPush({ request, issues, sources, address, split }: PushEnd): string[] {
  const worst = issues.byCode.find(({ severity }) => severity === "error");
  if (worst !== undefined) {
    return [`dpo validate ${sources.map(shellWord).join(" ")}`, `dpo explain ${worst.code}`];
  }
  return request.dryRun === true
    ? []
    : [`dpo inspect ${shellWord(formatHubAddress(address))} --hub-split ${shellWord(split)}`];
}
