import type { PushOutcome } from "@dpo-kit/pipeline";
import { countOf, formatDuration } from "../terminal/quantities.ts";
import type { TextStyle } from "../terminal/terminal.ts";
import { joinParagraphs } from "./conversion-summary.ts";
import { issueList } from "./issue-list.ts";
import { nextLines, outputLines } from "./output-lines.ts";

/** What a terminal shows of the problems at most; dpo validate shows all. */
const SHOWN_GROUPS = 10;
const SHOWN_EACH = 5;

/** What was pushed, would be pushed, or why nothing was. `elapsed` is in milliseconds. */
export function pushReport(outcome: PushOutcome, elapsed: number, style: TextStyle): string[] {
  return joinParagraphs([
    issueList(outcome.issues, { groups: SHOWN_GROUPS, each: SHOWN_EACH, eachNote: 1 }, style),
    outputLines(outcome.outputs, style),
    verdict(outcome, elapsed, style),
    nextLines(outcome.next, style),
  ]);
}

function verdict(outcome: PushOutcome, elapsed: number, { palette }: TextStyle): string[] {
  const { destination, ok, outputs, pushed } = outcome;
  if (!ok) {
    return [palette.error("Nothing was pushed: files with errors are not")];
  }
  const lines = outputs.reduce((sum, output) => sum + output.lines, 0);
  const what = `${countOf(lines, "pair")} in ${countOf(outputs.length, "file")}, and a dataset card`;
  if (pushed === undefined) {
    return [`Would push ${what} to ${destination}; nothing was sent`];
  }
  return [
    palette.success(`Pushed ${what} in ${formatDuration(elapsed)}`),
    `${pushed.page} (card ${pushed.card})`,
    `commit ${pushed.commit}, after ${pushed.parent}`,
  ];
}
