import { normaliseColumnName } from "@dpo-kit/preference";
import type { JsonObject, JsonValue } from "@dpo-kit/schema";
import type { PairwiseMappingOptions } from "../mapping-options.ts";

/** A row's own value of a column: a column may be called `constructor`. */
export function ownMember(row: JsonObject, name: string): JsonValue | undefined {
  return Object.hasOwn(row, name) ? row[name] : undefined;
}

/** Whether a value is an object, and no list. */
export function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The column that bears one of these names, with case, spaces and punctuation ignored; the first of them counts. */
export function findColumnName(columns: readonly string[], names: readonly string[]): string | undefined {
  for (const name of names) {
    const wanted = normaliseColumnName(name);
    const found = columns.find((column) => normaliseColumnName(column) === wanted);
    if (found !== undefined) {
      return found;
    }
  }
  return undefined;
}

/**
 * The names to look for: what the user calls the answers (`--columns preferred=NAME`) before those that are known.
 * Where all answers stand in one column, there is no other to name.
 */
export function answerNames(
  { columns }: PairwiseMappingOptions,
  known: readonly string[],
): readonly string[] {
  return typeof columns?.preferred === "string" ? [columns.preferred] : known;
}
