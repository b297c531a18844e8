import { type JsonObject, jsonText } from "@dpo-kit/schema";
import type { RowContext } from "../shape.ts";
import { findColumnName, ownMember } from "./member.ts";

const contextRoles: ReadonlySet<string> = new Set(["system", "messages", "prompt", "input", "tools"]);

/** What rows of one comparison have in common: the columns that the user gathers by, else the whole context. */
export function groupKey(row: JsonObject, { claim, options }: RowContext): string {
  const names = Object.keys(row);
  const given = options.gatherBy?.map((name) => findColumnName(names, [name]) ?? name);
  const context = claim.mapping.filter(({ role }) => contextRoles.has(role)).map(({ column }) => column);
  return jsonText((given ?? context).map((name) => ownMember(row, name) ?? null));
}
