import type { ConversionResult } from "@dpo-kit/pipeline";

/** Formats whose units are rows, as their users call them. */
const rowFormats: ReadonlySet<string> = new Set(["csv"]);

/** What one unit of the input is called: `row` where all inputs have rows, else `unit`. */
export function unitName({ plan }: Pick<ConversionResult, "plan">): "row" | "unit" {
  return plan.sources.every(({ format }) => rowFormats.has(format)) ? "row" : "unit";
}
