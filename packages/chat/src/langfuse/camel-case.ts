import type { JsonObject, JsonValue } from "@dpo-kit/schema";

/** `trace_id` as `traceId`. */
export function inCamelCase(name: string): string {
  return name.replace(/_([a-z])/gu, (_, letter: string) => letter.toUpperCase());
}

/** Members that only Langfuse's exports to blob storage write so. */
const written: readonly string[] = ["parent_observation_id", "data_type", "session_id"];

/**
 * An object of an export to blob storage with the names that the API has; any other as it is.
 * https://langfuse.com/docs/api-and-data-platform/features/blob-storage-export-fields
 */
export function renamed(item: JsonObject): JsonObject {
  if (!written.some((name) => Object.hasOwn(item, name))) {
    return item;
  }
  const members = Object.entries(item).map(([name, value]): [string, JsonValue] => [
    name === "provided_model_name" ? "model" : inCamelCase(name),
    value,
  ]);
  return Object.fromEntries(members);
}

/** A row of a table: a cell without a text is null. */
export function rowOf(row: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(row).map(([name, cell]) => [name, cell === "" ? null : cell]));
}
