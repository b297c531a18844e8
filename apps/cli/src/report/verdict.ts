import type { ConversionRequest, ConversionResult } from "@dpo-kit/pipeline";
import { wrapHanging } from "../terminal/fit-text.ts";
import { countOf, formatCount, formatShare } from "../terminal/quantities.ts";
import type { TextStyle } from "../terminal/terminal.ts";
import { unitName } from "./unit-name.ts";

type Allowance = NonNullable<ConversionRequest["allowRejects"]>;

/** Why a conversion ends with 1, and what would have it end with 0; that no pairs came; else nothing. */
export function verdictLines(
  result: ConversionResult,
  { allowRejects }: Pick<ConversionRequest, "allowRejects">,
  { palette, width }: TextStyle,
): string[] {
  const { units, pairs } = result.ledgers;
  const { failed = [], count = 0 } = result.sources ?? {};
  if (failed.length > 0) {
    return [
      palette.error(`${failed.length} of ${countOf(count, "source")} failed: exit code ${result.exitCode}`),
    ];
  }
  if (pairs.total === 0) {
    const paint = result.exitCode === 0 ? palette.warning : palette.error;
    return [paint(`${unitCount(result)} gave no pairs: exit code ${result.exitCode}`)];
  }
  if (result.exitCode === 0) {
    return [];
  }
  if (sumOf(pairs.written) === 0) {
    return [
      palette.error(`All ${countOf(pairs.total, "pair")} were taken out: exit code ${result.exitCode}`),
    ];
  }
  const rejected = rejectedCount(result);
  const share = formatShare(rejected, units.read);
  const judged = `${formatCount(rejected)} of ${unitCount(result)} (${share}) ${rejected === 1 ? "was" : "were"} rejected`;
  return [
    ...wrapHanging(
      palette.error(`${judged}, ${allowed(allowRejects)}: exit code ${result.exitCode}`),
      width,
      2,
    ),
    `To end with 0 all the same: --allow-rejects ${rejected}`,
  ];
}

function unitCount(result: ConversionResult): string {
  const { one, several } = unitName(result);
  return countOf(result.ledgers.units.read, one, several);
}

/** Records and units that the user should look at. */
export function rejectedCount({ ledgers }: Pick<ConversionResult, "ledgers">): number {
  return ledgers.units.malformed + sumOf(ledgers.records.rejected);
}

function sumOf(counts: ReadonlyMap<string, number>): number {
  return [...counts.values()].reduce((sum, count) => sum + count, 0);
}

function allowed(allowance: Allowance | undefined): string {
  if (allowance === undefined || allowance.value === 0) {
    return "none is allowed";
  }
  return `${allowance.value}${allowance.kind === "percent" ? " %" : ""} allowed`;
}
