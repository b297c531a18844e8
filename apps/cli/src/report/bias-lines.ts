import type { StatisticsResult } from "@dpo-kit/pipeline";
import { barWidth, formatBar } from "../terminal/bar.ts";
import { displayWidth } from "../terminal/display-width.ts";
import { cutText, wrapText } from "../terminal/fit-text.ts";
import { formatCount } from "../terminal/quantities.ts";
import { formatTable } from "../terminal/table.ts";
import type { TextStyle } from "../terminal/terminal.ts";

type Statistics = StatisticsResult["statistics"];
type Bias = Statistics["models"][number]["bias"];

/** Of sources and of models those with the most pairs are shown; --json has all. */
const SHOWN_GROUPS = 8;
const LONGEST_NAME = 28;
/** What the numbers of a row take. */
const NUMBERS = 28;

/** Where all differences are the same, the effect has no bound. */
function formatEffect(d: number | null): string {
  return d === null ? "unbounded" : d.toFixed(2);
}

/** On which side length, format, first words, sources and models stand. */
export function biasLines(statistics: Statistics, style: TextStyle): string[] {
  const { lengths, features, groups, models } = statistics;
  const { bias, unit } = lengths.tokens ?? lengths.characters;
  const present = features.filter(({ bias: { preferred, nonPreferred } }) => preferred + nonPreferred > 0);
  const sources = groups.filter(({ column }) => column === "source");
  const effect = `d = ${formatEffect(bias.cohensD)} (in pairs ${formatEffect(bias.pairedD)}), ${bias.ratio.toFixed(2)} times the ${unit}, ${formatCount(bias.equal)} of equal length`;
  return [
    ...sideTable(
      "one answer only",
      [
        ["  is longer", bias.longer],
        ...present.map((feature): [string, Bias] => [`  has ${feature.title}`, feature.bias]),
      ],
      style,
    ),
    ...wrapText(effect, style.width - 2).map((text) => `  ${text}`),
    ...(sources.length < 2 ? [] : ["", ...sideTable("longer in characters", largest(sources), style)]),
    ...(models.length === 0 ? [] : ["", ...sideTable("answers of a model", modelRows(models), style)]),
    ...firstWordLines(statistics, style),
  ];
}

function largest(groups: Statistics["groups"]): [string, Bias][] {
  return [...groups]
    .sort((one, other) => other.pairs - one.pairs)
    .slice(0, SHOWN_GROUPS)
    .map(({ value, longer }) => [`  ${value}`, longer]);
}

function modelRows(models: Statistics["models"]): [string, Bias][] {
  const size = ({ bias }: { bias: Bias }): number => bias.preferred + bias.nonPreferred;
  return [...models]
    .sort((one, other) => size(other) - size(one))
    .slice(0, SHOWN_GROUPS)
    .map(({ model, bias }) => [`  ${model}`, bias]);
}

function sideTable(
  title: string,
  rows: readonly (readonly [string, Bias])[],
  { palette, symbols, width }: TextStyle,
): string[] {
  const header = [
    palette.strong(cutText(title, Math.min(LONGEST_NAME, width - NUMBERS), symbols.ellipsis)),
    ...["preferred", "other", "share"].map(palette.faint),
  ];
  const nameWidth = Math.min(LONGEST_NAME, width - NUMBERS);
  const cells = rows.map(([name, { preferred, nonPreferred, share }]) => [
    cutText(name, nameWidth, symbols.ellipsis),
    formatCount(preferred),
    formatCount(nonPreferred),
    `${Math.round(share * 100)} %`,
  ]);
  const table = formatTable([header, ...cells], { align: ["left", "right", "right", "right"] });
  const widest = table.reduce((columns, line) => Math.max(columns, displayWidth(line)), 0);
  const bar = { width: barWidth(width, widest + 2), symbols };
  return table.map((line, index) =>
    index === 0 ? line : `${line}  ${formatBar(rows[index - 1]![1].share, 1, bar)}`.trimEnd(),
  );
}

/** Words that more answers of one side begin with, the first few. */
function firstWordLines({ firstWords }: Statistics, { width }: TextStyle): string[] {
  const words = firstWords.words
    .slice(0, 5)
    .map(
      ({ word, preferred, nonPreferred }) =>
        `${JSON.stringify(word)} ${formatCount(preferred)} : ${formatCount(nonPreferred)}`,
    );
  return words.length === 0 ? [] : formatTable([["  first words", words.join(", ")]], { width });
}
