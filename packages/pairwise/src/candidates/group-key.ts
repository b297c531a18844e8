import { memberJsonText } from "@dpo-kit/preference";
import { type JsonObject, type JsonValue, jsonText } from "@dpo-kit/schema";
import type { RowContext } from "../shape.ts";
import { findColumnName, ownMember } from "./member.ts";

const contextRoles: ReadonlySet<string> = new Set(["system", "messages", "prompt", "input", "info", "tools"]);

/** What rows of one comparison have in common: the columns that the user gathers by, else the whole context. */
export function groupKey(row: JsonObject, { claim, options }: RowContext): string {
  const names = Object.keys(row);
  const given = options.gatherBy?.map((name) => findColumnName(names, [name]) ?? name);
  const context = claim.mapping.filter(({ role }) => contextRoles.has(role)).map(({ column }) => column);
  return jsonText((given ?? context).map((name) => exactMember(row, name)));
}

/** A value, with integers that are too long for a number as they were written: two ids may not become one. */
function exactMember(row: JsonObject, name: string): JsonValue {
  const value = ownMember(row, name) ?? null;
  const isTooLong = Number.isInteger(value) && !Number.isSafeInteger(value);
  return isTooLong ? memberJsonText(row, name) : value;
}
