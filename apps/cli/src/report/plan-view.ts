import type {
  ConversionPlan,
  ExportPlan,
  InspectionResult,
  PreviewPair,
  SourcePlan,
} from "@dpo-kit/pipeline";
import { countOf, formatBytes, formatCount } from "../terminal/quantities.ts";
import { formatTable } from "../terminal/table.ts";
import type { TextStyle } from "../terminal/terminal.ts";
import { joinParagraphs, meaningOf } from "./conversion-summary.ts";
import { describeReason } from "./describe-code.ts";
import { issueList } from "./issue-list.ts";
import { nextLines } from "./output-lines.ts";
import { pairTreeLines } from "./pair-tree.ts";
import { plannedLines } from "./reducer-lines.ts";
import { sideBySide } from "./side-by-side.ts";
import { mappingLines } from "./source-lines.ts";

/** The plan of a conversion: what each input is, how it maps, what would be lost, and pairs to look at. */
export function planView({ plan, next }: InspectionResult, style: TextStyle): string[] {
  return joinParagraphs([...planParagraphs(plan, style), nextLines(next, style)]);
}

/** The same in paragraphs, without what to do next. */
export function planParagraphs(plan: ConversionPlan, style: TextStyle): string[][] {
  return [
    ...plan.sources.flatMap((source) => sourceParagraphs(source, style)),
    plannedLines(plan, style),
    ...(plan.exports ?? []).map((one) => exportedTo(one, style)),
    ...(plan.passes === 2
      ? [["The conversion keeps batches on disk, beside the output, for a second pass."]]
      : []),
  ];
}

/** What a target may lose, if examples have it; `dpo export --plan` counts it. */
function exportedTo({ target, title, mayLose, mayLeaveOut }: ExportPlan, style: TextStyle): string[] {
  const rows = [...mayLose, ...mayLeaveOut].map((code) => [describeReason(code)]);
  const lines = formatTable(rows, { indent: 2, width: style.width });
  const what = lines.length === 0 ? "" : ", which may lose or leave out";
  return [style.palette.strong(`exported to ${target}: ${title}${what}`), ...lines];
}

function sourceParagraphs(source: SourcePlan, style: TextStyle): string[][] {
  const { width } = style;
  return [
    titleLines(source, style),
    section("part of the pair", mappingLines(source.mapping, style), style),
    section("would be changed", transformRows(source, width), style),
    section("would be left out", lossRows(source, width), style),
    issueList(groupNotes(source), { groups: 10, each: 2 }, style),
    [sampleLine(source)],
    ...source.preview.map((pair, index) => {
      const place = pair.line === undefined ? "" : ` (line ${pair.line})`;
      return [...sideBySide(pair, `pair ${index + 1}${place}`, style), ...treeLines(pair, style)];
    }),
  ];
}

/** Of chat logs: where in the conversation the pair is. */
function treeLines(pair: PreviewPair, style: TextStyle): string[] {
  const lines = pairTreeLines(pair, style);
  return lines.length === 0 ? [] : ["", ...lines];
}

function titleLines(
  { source, size, formatTitle, format, facts }: SourcePlan,
  { palette, symbols, width }: TextStyle,
): string[] {
  const bytes = size === undefined ? "" : `  ${formatBytes(size)}`;
  return [
    `${palette.strong(source)}${bytes}  ${formatTitle} ${symbols.separator} ${format}`,
    ...formatTable(
      facts.map(({ label, value, why = "" }) => [label, value, why]),
      { indent: 2, width },
    ),
  ];
}

function section(title: string, lines: readonly string[], { palette }: TextStyle): string[] {
  return lines.length === 0 ? [] : [palette.strong(title), ...lines];
}

function transformRows({ transforms }: SourcePlan, width: number): string[] {
  return formatTable(
    transforms.map((name) => [name, meaningOf(name)]),
    { indent: 2, width },
  );
}

/** What a plan shows of columns that are left out; a table may have thousands. */
const SHOWN_LOSSES = 20;

function lossRows({ losses }: SourcePlan, width: number): string[] {
  const hidden = losses.length - SHOWN_LOSSES;
  const rows = losses.slice(0, SHOWN_LOSSES).map(({ what, why }) => [what, why]);
  return [
    ...formatTable(rows, { indent: 2, width }),
    ...(hidden > 0 ? [`  and ${formatCount(hidden)} more`] : []),
  ];
}

function groupNotes({ notes }: SourcePlan): Parameters<typeof issueList>[0] {
  const groups = new Map<string, Parameters<typeof issueList>[0]["byCode"][number]>();
  for (const { code, severity, message } of notes) {
    const key = `${severity} ${code}`;
    groups.set(key, { code, severity, title: message, count: (groups.get(key)?.count ?? 0) + 1 });
  }
  return { byCode: [...groups.values()], first: notes };
}

function sampleLine({ sample }: SourcePlan): string {
  const { records, pairs, rejected, skipped, complete } = sample;
  const what = complete ? "All" : "The first";
  const parts = [
    countOf(pairs, "pair"),
    ...(rejected > 0 ? [`${rejected} rejected`] : []),
    ...(skipped > 0 ? [`${skipped} skipped`] : []),
  ];
  return `${what} ${countOf(records, "record")}: ${parts.join(", ")}`;
}
