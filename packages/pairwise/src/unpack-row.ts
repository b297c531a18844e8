import type { JsonObject, JsonValue } from "@dpo-kit/schema";

const messageKeys = [
  ["role", "content"],
  ["from", "value"],
] as const;

/**
 * A row whose messages are lists of messages. Arrow stores of Hugging Face's `datasets` keep a `Sequence` of objects
 * as one object of lists (https://huggingface.co/docs/datasets/about_dataset_features): `{"role": ["user"],
 * "content": ["Hi"]}`. A row without any comes back as it is.
 */
export function unpackRow(row: JsonObject): JsonObject {
  const entries = Object.entries(row);
  return entries.some(([, value]) => messagesOf(value) !== undefined)
    ? Object.fromEntries(entries.map(([name, value]) => [name, messagesOf(value) ?? value]))
    : row;
}

function messagesOf(value: JsonValue | undefined): JsonObject[] | undefined {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    return undefined;
  }
  const keys = messageKeys.find((names) => names.every((name) => Array.isArray(value[name])));
  const lists = Object.entries(value);
  const length = keys === undefined ? 0 : (value[keys[0]] as JsonValue[]).length;
  const isEven = lists.every(([, list]) => Array.isArray(list) && list.length === length);
  return keys === undefined || !isEven
    ? undefined
    : Array.from({ length }, (_, index) =>
        Object.fromEntries(lists.map(([name, list]) => [name, (list as JsonValue[])[index]!])),
      );
}
