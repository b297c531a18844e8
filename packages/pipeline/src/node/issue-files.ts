import { codeDefinition, type Issue, type IssueCode } from "@dpo-kit/schema";

/** How many issues a SARIF file holds at most, as GitHub accepts them. */
export const LARGEST_SARIF = 5000;

const sarifLevel = { error: "error", warning: "warning", info: "note" } as const;

/**
 * Issues as SARIF 2.1.0 (https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html), for code review
 * tools; at most the first {@link LARGEST_SARIF}.
 */
export function formatSarif(issues: readonly Issue[]): string {
  const shown = issues.slice(0, LARGEST_SARIF);
  const codes = [...new Set(shown.map((issue) => issue.code))].sort();
  return `${JSON.stringify(
    {
      $schema: "https://json.schemastore.org/sarif-2.1.0.json",
      version: "2.1.0",
      runs: [
        {
          tool: {
            driver: {
              name: "dpo-kit",
              informationUri: "https://github.com/dpo-kit/dpo-kit",
              rules: codes.map(sarifRule),
            },
          },
          results: shown.map((issue) => sarifResult(issue, codes)),
        },
      ],
    },
    null,
    2,
  )}\n`;
}

function sarifRule(code: IssueCode): object {
  const { title, meaning, fix } = codeDefinition(code);
  return {
    id: code,
    shortDescription: { text: title },
    fullDescription: { text: meaning },
    help: { text: fix },
  };
}

function sarifResult(issue: Issue, codes: readonly IssueCode[]): object {
  const { source, line, column } = issue.location;
  const region =
    line === undefined
      ? {}
      : { region: { startLine: line, ...(column === undefined ? {} : { startColumn: column }) } };
  return {
    ruleId: issue.code,
    ruleIndex: codes.indexOf(issue.code),
    level: sarifLevel[issue.severity],
    message: { text: `${issue.message}. ${issue.hint}` },
    locations: [{ physicalLocation: { artifactLocation: { uri: uriOf(source) }, ...region } }],
  };
}

/** A path as the reference of a URI; an address stays what it is. */
function uriOf(source: string): string {
  const path = source.replace(/\p{Surrogate}/gu, "\ufffd");
  return /^https?:\/\//u.test(path) ? encodeURI(path) : path.split("/").map(encodeURIComponent).join("/");
}
