import type { CodeCount, IssueReport } from "@dpo-kit/pipeline";
import { formatLocation, type Issue } from "@dpo-kit/schema";
import { wrapHanging, wrapText } from "../terminal/fit-text.ts";
import { formatCount } from "../terminal/quantities.ts";
import type { TextStyle } from "../terminal/terminal.ts";

/** How much of a report is shown. */
export interface IssueListOptions {
  /** Groups (severity and code). */
  groups: number;
  /** Issues of each group. */
  each: number;
  /** Issues of each group in which nothing is wrong. Default: as of every group. */
  eachNote?: number;
  /** What tells where the rest is: `all are in train.rejects.jsonl`. */
  rest?: string | undefined;
}

/** Issues in groups of one code, the first of each with its place, and what to do. */
export function issueList(report: IssueReport, options: IssueListOptions, style: TextStyle): string[] {
  const shown = report.byCode.slice(0, options.groups);
  const hidden = report.byCode.slice(options.groups);
  const lines = shown.flatMap((group, index) => [
    ...(index === 0 ? [] : [""]),
    ...groupLines(
      group,
      report.first.filter((issue) => belongsTo(issue, group)).slice(0, placesOf(group, options)),
      style,
    ),
  ]);
  const footer = [
    ...(hidden.length === 0 ? [] : [hiddenGroups(hidden)]),
    ...(options.rest === undefined || shown.length === 0 ? [] : [options.rest]),
  ];
  return footer.length === 0 ? lines : [...lines, "", ...footer.map((line) => style.palette.faint(line))];
}

function belongsTo(issue: Issue, group: CodeCount): boolean {
  return issue.code === group.code && issue.severity === group.severity;
}

function placesOf({ severity }: CodeCount, { each, eachNote = each }: IssueListOptions): number {
  return severity === "info" ? eachNote : each;
}

function hiddenGroups(groups: readonly CodeCount[]): string {
  const total = groups.reduce((sum, group) => sum + group.count, 0);
  return `and ${formatCount(total)} more of ${groups.length === 1 ? "another code" : `${groups.length} other codes`}: ${groups.map(({ code }) => code).join(", ")}`;
}

function groupLines(group: CodeCount, issues: readonly Issue[], style: TextStyle): string[] {
  const { palette, width } = style;
  const label = severityLabel(group, style);
  const hint = issues[0]?.hint;
  const more = group.count - issues.length;
  return [
    ...wrapHanging(
      `${label} ${palette.strong(group.code)}: ${group.title} (${formatCount(group.count)})`,
      width,
      2,
    ),
    ...issues.flatMap((issue) => issueLines(issue, { title: group.title, hint }, style)),
    ...(more > 0 && issues.length > 0 ? [palette.faint(`  and ${formatCount(more)} more`)] : []),
    ...(hint === undefined ? [] : hintLines(hint, { indent: 2, width, palette })),
  ];
}

function severityLabel({ severity }: CodeCount, { palette }: TextStyle): string {
  const paint = { error: palette.error, warning: palette.warning, info: palette.faint }[severity];
  return paint(severity === "info" ? "note" : severity);
}

function issueLines(
  issue: Issue,
  group: { title: string; hint: string | undefined },
  style: TextStyle,
): string[] {
  const { palette, width } = style;
  const place = formatLocation(issue.location);
  const detail = issueDetail(issue, group.title);
  const lines = wrapText(detail, width - 4);
  const fits = lines.length === 1 && place.length + 4 + detail.length <= width;
  const placed = fits
    ? [`  ${palette.hint(place)}${detail === "" ? "" : `  ${detail}`}`]
    : [`  ${palette.hint(place)}`, ...lines.map((line) => `    ${line}`)];
  const ownHint = issue.hint === group.hint ? [] : hintLines(issue.hint, { indent: 4, width, palette });
  return [...placed, ...ownHint];
}

/** What is said of an issue beyond the title of its group. */
function issueDetail(issue: Issue, title: string): string {
  const { path } = issue.location;
  return [
    ...(issue.target === undefined ? [] : [issue.target]),
    ...(path === undefined ? [] : [path]),
    ...(issue.message === title ? [] : [issue.message]),
    ...(issue.expected === undefined ? [] : [`expected ${issue.expected}`]),
    ...(issue.found === undefined ? [] : [`found ${issue.found}`]),
  ].join("; ");
}

function hintLines(
  hint: string,
  { indent, width, palette }: { indent: number; width: number; palette: TextStyle["palette"] },
): string[] {
  const label = "fix: ";
  const space = " ".repeat(indent);
  return wrapText(hint, width - indent - label.length).map((line, index) =>
    index === 0
      ? `${space}${palette.success(label.trimEnd())} ${line}`
      : `${space}${" ".repeat(label.length)}${line}`,
  );
}
