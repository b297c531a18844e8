import { codeDefinition, DataError, formatLocation } from "@dpo-kit/schema";
import { placeAndText, wrapText } from "../terminal/fit-text.ts";
import type { TextStyle } from "../terminal/terminal.ts";
import { visibleText } from "../terminal/visible-text.ts";

/** A failure for the eye: what, where, and what to do. The trace only if it is asked for. */
export function errorLines(error: unknown, { trace }: { trace: boolean }, style: TextStyle): string[] {
  const lines = DataError.isInstance(error) ? dataErrorLines(error, style) : internalErrorLines(error, style);
  return trace && error instanceof Error ? [...lines, "", visibleText(error.stack ?? String(error))] : lines;
}

function dataErrorLines(error: DataError, { palette, width }: TextStyle): string[] {
  const isFirst = error.issues[0]?.message === error.message;
  if (isFirst) {
    return error.issues.slice(0, SHOWN_ISSUES).flatMap((issue) => issueLines(issue, { palette, width }));
  }
  return [...issueLines(error, { palette, width }), ...listedLines(error, { palette, width })];
}

/** What an error is about, where that is several things: each on a line of its own. */
function listedLines(
  { issues }: DataError,
  { palette, width }: Pick<TextStyle, "palette" | "width">,
): string[] {
  const shown = issues.slice(0, SHOWN_ISSUES).flatMap(({ location, message }) => {
    const place = palette.hint(visibleText(formatLocation(location)));
    return placeAndText(place, visibleText(message), width - 2).map((line) => `  ${line}`);
  });
  const more = issues.length - SHOWN_ISSUES;
  return more > 0 ? [...shown, `  and ${more} more; --json has them`] : shown;
}

/** Of an error that is the first of many; `--json` has them all. */
const SHOWN_ISSUES = 50;

function issueLines(
  error: Pick<DataError, "code" | "message" | "hint" | "location">,
  { palette, width }: Pick<TextStyle, "palette" | "width">,
): string[] {
  const place = error.location === undefined ? "" : ` ${visibleText(formatLocation(error.location))}:`;
  const start = `${palette.error("error")} ${palette.strong(error.code)}:${place}`;
  return [
    ...placeAndText(start, visibleText(error.message), width),
    ...wrapText(visibleText(error.hint), width - 5).map((line, index) =>
      index === 0 ? `${palette.success("fix:")} ${line}` : `     ${line}`,
    ),
  ];
}

function internalErrorLines(error: unknown, { palette }: TextStyle): string[] {
  const { title, meaning, fix } = codeDefinition("RUN_INTERNAL");
  const said = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return [
    `${palette.error("error")} ${palette.strong("RUN_INTERNAL")}: ${title}`,
    `  ${visibleText(said)}`,
    meaning,
    `${palette.success("fix:")} ${fix}`,
  ];
}

/** The exit code of a failure: 1 where it is the data, 2 where it is the call or dpo-kit itself. */
export function exitCodeOf(error: unknown): 1 | 2 {
  if (!DataError.isInstance(error)) {
    return 2;
  }
  return codeDefinition(error.code).kind === "usage" ? 2 : 1;
}
