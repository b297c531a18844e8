import type { ConversionResult } from "@dpo-kit/pipeline";
import { codeDefinition } from "@dpo-kit/schema";
import { formatCount } from "../terminal/quantities.ts";
import { formatTable } from "../terminal/table.ts";
import type { TextStyle } from "../terminal/terminal.ts";
import { describeReason } from "./describe-code.ts";
import { unitName } from "./unit-name.ts";

type Counted = Pick<ConversionResult, "plan" | "ledgers" | "issues">;
type Part = readonly [count: number, what: string];

/**
 * The four ledgers, each as a sum that can be checked by eye, and under them why things were left out:
 * `records  1,200  =  1,188 converted + 4 skipped + 8 rejected`.
 */
export function ledgerLines(result: Counted, style: TextStyle): string[] {
  const rows = ledgerSums(result).map(([label, total, parts]) => [
    label,
    formatCount(total),
    `= ${formatParts(parts)}`,
  ]);
  const reasons = reasonRows(result);
  return [
    ...formatTable(rows, { align: ["left", "right"], width: style.width }),
    ...(reasons.length === 0
      ? []
      : ["", ...formatTable(reasons, { align: ["left", "right"], width: style.width })]),
  ];
}

function ledgerSums({ plan, ledgers }: Counted): [string, number, Part[]][] {
  const { units, records, comparisons, pairs } = ledgers;
  return [
    [
      `${unitName({ plan }).several} read`,
      units.read,
      [
        [units.intoRecords, "into records"],
        [units.blank, "blank"],
        [units.malformed, "malformed"],
        [units.unjoined, "unjoined"],
        [units.notRead, "not read (--limit)"],
      ],
    ],
    [
      "records",
      records.total,
      [
        [records.converted, "converted"],
        [total(records.skipped), "skipped"],
        [total(records.rejected), "rejected"],
      ],
    ],
    [
      "comparisons",
      comparisons.considered,
      [
        [comparisons.pairs, comparisons.pairs === 1 ? "pair" : "pairs"],
        [total(comparisons.dropped), "dropped"],
      ],
    ],
    ["pairs", pairs.total, [...writtenParts(pairs.written), ...removedParts(pairs)]],
  ];
}

function writtenParts(written: ReadonlyMap<string, number>): Part[] {
  // One file needs no name here: the outputs are listed with theirs.
  return written.size > 1
    ? [...written].map(([file, count]) => [count, `written to ${file}`] as const)
    : [[total(written), "written"]];
}

function removedParts({
  duplicate,
  conflict,
  filtered,
  heldOut,
  sampledOut,
}: Counted["ledgers"]["pairs"]): Part[] {
  return [
    [duplicate, duplicate === 1 ? "duplicate" : "duplicates"],
    [conflict, conflict === 1 ? "conflict" : "conflicts"],
    [total(filtered), "filtered"],
    [heldOut, "held out"],
    [sampledOut, "sampled out"],
  ];
}

/** The first part always stands, others only if they count something. */
function formatParts(parts: readonly Part[]): string {
  return parts
    .filter(([count], index) => index === 0 || count > 0)
    .map(([count, what]) => `${formatCount(count)} ${what}`)
    .join(" + ");
}

function reasonRows({ ledgers, issues }: Counted): string[][] {
  const malformed = new Map(
    issues.byCode
      .filter(({ code }) => codeDefinition(code).kind === "malformed")
      .map(({ code, count }) => [code as string, count]),
  );
  return [
    ...rowsOf("malformed", ledgers.units.malformed > 0 ? malformed : new Map()),
    ...rowsOf("skipped", ledgers.records.skipped),
    ...rowsOf("rejected", ledgers.records.rejected),
    ...rowsOf("dropped", ledgers.comparisons.dropped),
    ...rowsOf("filtered", ledgers.pairs.filtered),
  ];
}

function rowsOf(label: string, counts: ReadonlyMap<string, number>): string[][] {
  return [...counts]
    .sort(([one, many], [other, more]) => more - many || (one < other ? -1 : 1))
    .map(([name, count], index) => [index === 0 ? label : "", formatCount(count), describeReason(name)]);
}

function total(counts: ReadonlyMap<string, number>): number {
  return [...counts.values()].reduce((sum, count) => sum + count, 0);
}
