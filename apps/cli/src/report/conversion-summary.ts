import type { ConversionRequest, ConversionResult } from "@dpo-kit/pipeline";
import { describeIssue, transforms } from "@dpo-kit/schema";
import { wrapText } from "../terminal/fit-text.ts";
import { countOf, formatBytes, formatCount, formatDuration } from "../terminal/quantities.ts";
import { formatTable } from "../terminal/table.ts";
import type { TextStyle } from "../terminal/terminal.ts";
import { chatLines } from "./chat-lines.ts";
import { duplicateLines } from "./duplicate-lines.ts";
import { exportLines } from "./export-lines.ts";
import { failedSourceLines } from "./failed-sources.ts";
import { issueList } from "./issue-list.ts";
import { ledgerLines } from "./ledger-lines.ts";
import { nextLines, outputLines } from "./output-lines.ts";
import { reducerLines } from "./reducer-lines.ts";
import { sourceLines } from "./source-lines.ts";
import { unitName } from "./unit-name.ts";
import { verdictLines } from "./verdict.ts";

/** What the command knows beside the result. */
export interface SummaryContext {
  request: Pick<ConversionRequest, "target" | "allowRejects">;
  /** Milliseconds. */
  elapsed: number;
  /** Of all inputs, as stored. */
  bytesRead: number;
}

/** OpenAI's notice: https://developers.openai.com/api/docs/deprecations */
const openaiNotice =
  "OpenAI takes no new fine-tuning jobs after 2027-01-06; Azure, Together and Fireworks go on taking these files.";

/** The summary of a conversion, in paragraphs. */
export function conversionSummary(
  result: ConversionResult,
  context: SummaryContext,
  style: TextStyle,
): string[] {
  if (result.alreadyComplete === true) {
    return joinParagraphs([finishedLines(result, style), outputLines(result.outputs, style)]);
  }
  return joinParagraphs([
    sourceLines(result.plan.sources, style),
    ledgerLines(result, style),
    chatLines(result, style),
    transformLines(result, style),
    issueLines(result, style),
    providerLines(result, context, style),
    duplicateLines(result, style),
    reducerLines(result, style),
    exportLines(result.exports ?? [], style),
    recipeLines(result, style),
    [...outputLines(result.outputs, style), timeLine(result, context)],
    verdictLines(result, context.request, style),
    nextLines(result.next, style),
  ]);
}

/** Of a recipe that had been run already: that there was nothing to do, and how to do it all the same. */
function finishedLines({ sources, exitCode }: ConversionResult, { width }: TextStyle): string[] {
  const of = countOf(sources?.count ?? 0, "source");
  const done = `Already complete: nothing has changed since these were made of ${of}. --force makes them again.`;
  return [
    ...wrapText(done, width),
    ...(exitCode === 0 ? [] : [`It ended as it does now: exit code ${exitCode}`]),
  ];
}

/** Of a recipe: the sources that were not read again, and those that could not be read. */
function recipeLines({ sources }: ConversionResult, style: TextStyle): string[] {
  const { count, reused, failed } = sources ?? { count: 0, reused: 0, failed: [] };
  const known = `${formatCount(reused)} of ${countOf(count, "source")} had been finished by an earlier run`;
  return [
    ...(reused === 0 ? [] : [known]),
    ...failedSourceLines(failed, style),
    ...(failed.length === 0
      ? []
      : wrapText(
          "The others were written; run it again when these are mended: only they are read then.",
          style.width,
        )),
  ];
}

/** Paragraphs with an empty line between them; empty ones are passed over. */
export function joinParagraphs(paragraphs: readonly (readonly string[])[]): string[] {
  return paragraphs
    .filter((lines) => lines.length > 0)
    .flatMap((lines, index) => (index === 0 ? lines : ["", ...lines]));
}

function transformLines({ transforms: used }: ConversionResult, { width }: TextStyle): string[] {
  const rows = [...used]
    .filter(([, count]) => count > 0)
    .map(([name, count], index) => [
      index === 0 ? "changed" : "",
      formatCount(count),
      `${name}: ${meaningOf(name)}`,
    ]);
  return formatTable(rows, { align: ["left", "right"], width });
}

/** What a transform does, in words. */
export function meaningOf(name: string): string {
  return Object.hasOwn(transforms, name) ? transforms[name as keyof typeof transforms] : name;
}

/** The counts of these are told with the duplicates, with the numbers that belong to them. */
const toldElsewhere: ReadonlySet<string> = new Set(["LINE_DUPLICATE", "LINE_REVERSED"]);

function issueLines({ issues, outputs }: ConversionResult, style: TextStyle): string[] {
  const byCode = issues.byCode.filter(({ code }) => !toldElsewhere.has(code));
  const rejects = outputs.find(({ kind }) => kind === "rejects");
  const rest = rejects === undefined ? undefined : `Every rejected record is in ${rejects.path}`;
  return issueList({ byCode, first: issues.first }, { groups: 8, each: 3, eachNote: 0, rest }, style);
}

function providerLines(
  { accepted, outputs }: ConversionResult,
  { request }: SummaryContext,
  { palette, width }: TextStyle,
): string[] {
  const written = linesOf(outputs);
  if (written === 0) {
    return [];
  }
  const rows = accepted.map(({ target, lines, notes }, index) => {
    const count = formatCount(lines);
    const isShort = lines < written;
    const said = notes.map(describeIssue).join("; ");
    return [index === 0 ? "accepted by" : "", target, isShort ? palette.warning(count) : count, said];
  });
  const notice = (request.target ?? ["openai"]).includes("openai")
    ? wrapText(openaiNotice, width - NOTICE_AT)
    : [];
  return [
    ...formatTable(rows, { align: ["left", "left", "right"], width }),
    ...notice.map((line) => " ".repeat(NOTICE_AT) + palette.faint(line)),
  ];
}

const lineKinds: ReadonlySet<string> = new Set(["train", "validation", "test"]);

function linesOf(outputs: ConversionResult["outputs"]): number {
  return outputs.reduce((total, { kind, lines }) => total + (lineKinds.has(kind) ? lines : 0), 0);
}

/** Below the names of the providers. */
const NOTICE_AT = "accepted by  ".length;

function timeLine(result: ConversionResult, { elapsed, bytesRead }: SummaryContext): string {
  const seconds = elapsed / 1000;
  const { one, several } = unitName(result);
  const rates =
    seconds > 0
      ? `, ${countOf(Math.round(result.ledgers.units.read / seconds), one, several)}/s, ${formatBytes(bytesRead / seconds)}/s`
      : "";
  return `in ${formatDuration(elapsed)}${rates}`;
}
