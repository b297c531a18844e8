import { type DiffResult, placeLocation } from "@dpo-kit/pipeline";
import { formatLocation } from "@dpo-kit/schema";
import { countOf, formatCount } from "../terminal/quantities.ts";
import { formatTable } from "../terminal/table.ts";
import type { TextStyle } from "../terminal/terminal.ts";
import { joinParagraphs } from "./conversion-summary.ts";
import { issueList } from "./issue-list.ts";
import { nextLines } from "./output-lines.ts";

/** What changed between two datasets: how many pairs, where the first are, and how lengths moved. */
export function diffReport(result: DiffResult, style: TextStyle): string[] {
  return joinParagraphs([
    sideLines(result, style),
    issueList(result.issues, { groups: 3, each: 2 }, style),
    changeLines(result, style),
    driftLines(result, style),
    [verdict(result, style)],
    nextLines(result.next, style),
  ]);
}

function sideLines({ files, diff }: DiffResult, { palette, width }: TextStyle): string[] {
  const rows = (["old", "new"] as const).map((side) => [
    palette.strong(side),
    formatCount(diff[side]),
    files
      .filter((file) => file.side === side)
      .map(({ source }) => source)
      .join(", "),
  ]);
  return formatTable(rows, { align: ["left", "right"], width });
}

const changes = ["added", "removed", "flipped", "moved"] as const;
const meanings: Readonly<Record<(typeof changes)[number], string>> = {
  added: "only in the new one",
  removed: "only in the old one",
  flipped: "the other answer is preferred",
  moved: "in another split",
};

function changeLines({ diff, files }: DiffResult, { palette, width }: TextStyle): string[] {
  const sources = files.map(({ source }) => source);
  const rows = changes.map((change) => {
    const { pairs, places } = diff[change];
    const first = places.slice(0, 2).map((place) => formatLocation(placeLocation(place, sources)));
    const more = pairs > first.length && first.length > 0 ? ", …" : "";
    const paint = pairs === 0 ? palette.faint : palette.warning;
    return [
      paint(change),
      formatCount(pairs),
      pairs === 0 ? "" : `${meanings[change]}: ${first.join(", ")}${more}`,
    ];
  });
  return formatTable([...rows, ["unchanged", formatCount(diff.unchanged)]], {
    align: ["left", "right"],
    width,
  });
}

const parts = {
  prompt: "input",
  preferred: "preferred answer",
  nonPreferred: "non-preferred answer",
} as const;

/** Lengths in tokens, where both have them. */
function driftLines({ diff }: DiffResult, { palette }: TextStyle): string[] {
  const unit = diff.drift.some((drift) => drift.unit === "tokens") ? "tokens" : "characters";
  const shown = diff.drift.filter((drift) => drift.unit === unit);
  const header = [palette.strong(unit), ...["median", "p90", "longest", "drift"].map(palette.faint)];
  const rows = shown.map(({ part, old, new: fresh, ks, hasDrifted }) => [
    `  ${parts[part]}`,
    ...(["median", "p90", "max"] as const).map((figure) => change(old[figure], fresh[figure])),
    hasDrifted ? palette.warning(`${ks.toFixed(3)}, more than chance`) : ks.toFixed(3),
  ]);
  return rows.length === 0
    ? []
    : formatTable([header, ...rows], { align: ["left", "right", "right", "right"] });
}

function change(old: number, fresh: number): string {
  return old === fresh ? formatCount(old) : `${formatCount(old)} to ${formatCount(fresh)}`;
}

function verdict({ diff, exitCode }: DiffResult, { palette }: TextStyle): string {
  if (diff.same) {
    return palette.success("The pairs are the same");
  }
  const all = changes.reduce((total, name) => total + diff[name].pairs, 0);
  const text = `${countOf(all, "pair")} ${all === 1 ? "differs" : "differ"}`;
  return exitCode === 0 ? palette.warning(text) : palette.error(`${text}: exit code 1`);
}
