import { parseStructuredText } from "@dpo-kit/preference";
import type { JsonObject, JsonValue } from "@dpo-kit/schema";
import { member, type RowReader } from "../row-reader.ts";

/**
 * The value of a column that is known to hold a list: exports to CSV write it as a text, in JSON or as Python
 * prints it. With a reader the change is counted. Every other text stays as it is.
 */
export function listValue(row: JsonObject, name: string, reader?: RowReader): JsonValue | undefined {
  const value = member(row, name);
  const parsed = typeof value === "string" ? parseStructuredText(value) : undefined;
  if (parsed === undefined) {
    return value;
  }
  reader?.changed("cell-parsed-as-list");
  if (parsed.via === "double-encoded-json") {
    reader?.changed("double-encoded-json");
  }
  return parsed.value;
}
