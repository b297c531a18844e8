import type { ConversionResult } from "@dpo-kit/pipeline";
import { formatCount } from "../terminal/quantities.ts";
import { formatTable } from "../terminal/table.ts";
import type { TextStyle } from "../terminal/terminal.ts";

/** Repeated and opposite pairs that were counted and nothing was done about, with the flag that would act. */
export function duplicateLines(
  { duplicates, plan }: Pick<ConversionResult, "duplicates" | "plan">,
  { palette, width }: TextStyle,
): string[] {
  const { exact, reversed, lowerBound } = duplicates;
  const isPlanned = (id: string): boolean => plan.reducers.some((reducer) => reducer.id === id);
  const atLeast = lowerBound ? "at least " : "";
  const rows: string[][] = [];
  if (exact > 0 && !isPlanned("dedupe")) {
    const what = exact === 1 ? "exact duplicate" : "exact duplicates";
    rows.push([formatCount(exact), `${what}: --dedupe exact takes ${them(exact)} out`]);
  }
  if (reversed > 0 && !isPlanned("conflicts")) {
    const what =
      reversed === 1 ? "pair states the opposite of another" : "pairs state the opposite of another";
    rows.push([
      palette.warning(formatCount(reversed)),
      `${what}: --conflicts drop takes ${them(reversed)} out`,
    ]);
  }
  if (rows.length === 0) {
    return [];
  }
  const counted = rows.map(([count, what], index) => [index === 0 ? "counted" : "", atLeast + count!, what!]);
  const kept = ["", "", "all are kept: nothing valid is removed unless you ask"];
  return formatTable([...counted, kept], { align: ["left", "right"], width });
}

function them(count: number): string {
  return count === 1 ? "it" : "them";
}
