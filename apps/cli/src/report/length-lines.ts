import type { StatisticsResult } from "@dpo-kit/pipeline";
import { barWidth, formatBar } from "../terminal/bar.ts";
import { formatCount, formatShare } from "../terminal/quantities.ts";
import { formatTable } from "../terminal/table.ts";
import type { TextStyle } from "../terminal/terminal.ts";

type Lengths = StatisticsResult["statistics"]["lengths"];
type Unit = NonNullable<Lengths["tokens"]>;

/** How long inputs and answers are, in tokens where they were counted, and how many pairs fit into which window. */
export function lengthLines(
  { statistics, encoding }: Pick<StatisticsResult, "statistics" | "encoding">,
  style: TextStyle,
): string[] {
  const { characters, tokens } = statistics.lengths;
  const title = tokens === undefined ? "characters" : `tokens (${encoding})`;
  const unit = tokens ?? characters;
  return [
    ...quantileTable(title, unit, style),
    "",
    ...histogramLines(unit, style),
    ...(tokens === undefined ? [] : windowLines(tokens, style)),
  ];
}

const figures = [
  ["median", "median"],
  ["mean", "mean"],
  ["p90", "p90"],
  ["p99", "p99"],
  ["max", "longest"],
] as const;
/** Below these widths only some of them are shown. */
const ROOM_FOR_ALL = 64;
const ROOM_FOR_SOME = 48;

function quantileTable(title: string, unit: Unit, { palette, width }: TextStyle): string[] {
  const hidden =
    width >= ROOM_FOR_ALL ? [] : width >= ROOM_FOR_SOME ? ["mean", "p99"] : ["mean", "p90", "p99"];
  const shown = figures.filter(([name]) => !hidden.includes(name));
  const rows = [
    ["input", unit.prompt],
    ["preferred answer", unit.preferred],
    ["non-preferred answer", unit.nonPreferred],
    ["input + longer answer", unit.longerSide],
  ] as const;
  const header = [palette.strong(title), ...shown.map(([, heading]) => palette.faint(heading))];
  const cells = rows.map(([name, lengths]) => [
    width >= ROOM_FOR_ALL ? `  ${name}` : name,
    ...shown.map(([figure]) => formatCount(Math.round(lengths[figure]))),
  ]);
  return formatTable([header, ...cells], { align: ["left", ...shown.map(() => "right" as const)] });
}

function histogramLines({ longerSide }: Unit, { palette, symbols, width }: TextStyle): string[] {
  const { bins, count } = longerSide;
  const most = bins.reduce((largest, bin) => Math.max(largest, bin.count), 0);
  const rows = bins.map(({ from, to, count: pairs }) => [
    to - from === 1 ? formatCount(from) : `${formatCount(from)}-${formatCount(to - 1)}`,
    formatCount(pairs),
    formatShare(pairs, count),
  ]);
  const table = formatTable(rows, { align: ["right", "right", "right"], indent: 2 });
  const widest = table.reduce((columns, line) => Math.max(columns, line.length), 0);
  const bar = { width: barWidth(width, widest + 2), symbols };
  return [
    palette.faint("  pairs by input + longer answer"),
    ...table.map((line, index) => `${line}  ${formatBar(bins[index]!.count, most, bar)}`.trimEnd()),
  ];
}

/** The first window that all pairs fit into is the last that is shown. */
function windowLines({ above, lowerBounds }: Unit, { palette, width }: TextStyle): string[] {
  const enough = above.findIndex(({ pairs }) => pairs === 0);
  const shown = above.slice(0, enough === -1 ? above.length : enough + 1);
  const text = shown
    .map(({ limit, share, pairs }) => `${formatCount(limit)}: ${pairs === 0 ? "none" : percent(share)}`)
    .join("   ");
  const bounds =
    lowerBounds === 0
      ? []
      : [`Of ${formatCount(lowerBounds)} pairs with tools or calls the tokens are lower bounds.`];
  return formatTable(
    [
      ["  above", `${text}${palette.faint("  (--max-tokens N takes them out whole)")}`],
      ...bounds.map((line) => ["", line]),
    ],
    { width },
  );
}

/** Small shares matter here: with a digit behind the point below ten. */
function percent(share: number): string {
  const value = share * 100;
  return `${value > 0 && value < 0.1 ? "< 0.1" : value.toFixed(value < 9.95 ? 1 : 0)} %`;
}
