import { findColumns, normaliseColumnName } from "@dpo-kit/preference";
import type { JsonObject } from "@dpo-kit/schema";

/** The fields that may hold answers, by their names; the longest first, so that `response_10` is not `response_1`. */
export function answerNames(fields: JsonObject): string[] {
  const names = Object.keys(fields).filter((name) => normaliseColumnName(name) !== "");
  const { prompt, system } = findColumns(names);
  const known = [prompt, system].map((found) => (found.kind === "found" ? found.column.name : undefined));
  return names.filter((name) => !known.includes(name)).sort((one, other) => other.length - one.length);
}
