import { type ActionableFinding, placeLocation, type StatisticsResult } from "@dpo-kit/pipeline";
import { formatLocation } from "@dpo-kit/schema";
import { wrapText } from "../terminal/fit-text.ts";
import { countOf } from "../terminal/quantities.ts";
import type { TextStyle } from "../terminal/terminal.ts";

/** Places that are shown of one finding; --issues writes all. */
const SHOWN_PLACES = 3;

/** What a user should look at, the graver first: how many there are, what was found, where, and what to do. */
export function findingLines(
  { findings, files }: Pick<StatisticsResult, "findings" | "files">,
  style: TextStyle,
): string[] {
  const { palette } = style;
  if (findings.length === 0) {
    return [palette.success("Nothing was found that should be looked at")];
  }
  const codes = [...new Set(findings.map(({ code }) => code))];
  const sources = files.map(({ source }) => source);
  return [
    countsLine(findings, style),
    ...codes.flatMap((code) => {
      const same = findings.filter((finding) => finding.code === code);
      return groupLines(same, sources, style);
    }),
  ];
}

function countsLine(findings: readonly ActionableFinding[], { palette }: TextStyle): string {
  const warnings = findings.filter(({ severity }) => severity !== "info").length;
  const notes = findings.length - warnings;
  const parts = [
    ...(warnings === 0 ? [] : [palette.warning(countOf(warnings, "warning"))]),
    ...(notes === 0 ? [] : [countOf(notes, "note")]),
  ];
  return `${palette.strong("found")}  ${parts.join(", ")}`;
}

/** Findings of one code: each with its places, and under them once what to do. */
function groupLines(
  findings: readonly ActionableFinding[],
  sources: readonly string[],
  style: TextStyle,
): string[] {
  const { palette, width } = style;
  const [{ code, fix, command, severity }] = findings as [ActionableFinding];
  const label = severity === "info" ? palette.faint("note") : palette.warning("warning");
  return [
    `${label} ${palette.strong(code)}`,
    ...findings.flatMap((finding) => [
      ...wrapText(finding.message, width - 2).map((line) => `  ${line}`),
      ...placeLines(finding, sources, style),
    ]),
    ...labelled(palette.success("fix:"), 4, fix, width),
    ...(command === undefined ? [] : labelled(palette.success("run:"), 4, palette.hint(command), width)),
  ];
}

function placeLines({ places }: ActionableFinding, sources: readonly string[], style: TextStyle): string[] {
  return places.slice(0, SHOWN_PLACES).map((place) => {
    const { part, found } = place;
    const shown = [part === undefined ? undefined : parts[part], found].filter((text) => text !== undefined);
    const at = style.palette.hint(formatLocation(placeLocation(place, sources)));
    return `    ${[at, ...shown].join("  ")}`;
  });
}

const parts: Readonly<Record<string, string>> = {
  prompt: "input",
  preferred: "preferred answer",
  nonPreferred: "non-preferred answer",
};

function labelled(label: string, labelWidth: number, text: string, width: number): string[] {
  return wrapText(text, width - labelWidth - 3).map((line, index) =>
    index === 0 ? `  ${label} ${line}` : `${" ".repeat(labelWidth + 3)}${line}`,
  );
}
