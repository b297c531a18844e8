import type { JsonObject, JsonValue } from "@dpo-kit/schema";

/** What a document holds: the `data` of an answer of the API, the list of an export, or one item by itself. */
export function itemsIn(value: JsonObject): readonly JsonValue[] {
  const list = [value.data, value.feedback_data].find((each) => Array.isArray(each));
  return Array.isArray(list) ? list : [value];
}
