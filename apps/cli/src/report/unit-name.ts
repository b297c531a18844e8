import type { ConversionResult } from "@dpo-kit/pipeline";

/** What units are called, of one and of several. */
export interface UnitName {
  readonly one: string;
  readonly several: string;
}

/** What the units of a format are called by its users, where the plan does not say it. */
const unitNames: ReadonlyMap<string, string> = new Map([
  ["csv", "row"],
  ["pairwise", "row"],
  ["canonical", "line"],
]);

/** What one unit of the input is called: as all inputs call theirs, `row`, `line` or `conversation`; else `unit`. */
export function unitName({ plan }: Pick<ConversionResult, "plan">): UnitName {
  const names = new Set(plan.sources.map(({ format, unit }) => unit ?? unitNames.get(format) ?? "unit"));
  const [name = "row"] = names;
  const one = names.size > 1 ? "unit" : name;
  return { one, several: one.endsWith("y") ? `${one.slice(0, -1)}ies` : `${one}s` };
}
