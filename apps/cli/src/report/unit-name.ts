import type { ConversionResult } from "@dpo-kit/pipeline";

/** What the units of a format are called by its users. */
const unitNames: ReadonlyMap<string, "row" | "line"> = new Map([
  ["csv", "row"],
  ["canonical", "line"],
]);

/** What one unit of the input is called: `row` or `line` where all inputs have these, else `unit`. */
export function unitName({ plan }: Pick<ConversionResult, "plan">): "row" | "line" | "unit" {
  const names = new Set(plan.sources.map(({ format }) => unitNames.get(format) ?? "unit"));
  const [name] = names;
  return names.size > 1 ? "unit" : (name ?? "row");
}
