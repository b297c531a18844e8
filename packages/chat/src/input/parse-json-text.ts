import { isNestedDeeper } from "@dpo-kit/io";
import { carryJson, type JsonValue } from "@dpo-kit/schema";

/** No message of any API is nested so deep. */
const MAXIMUM_DEPTH = 200;

/**
 * The value of a JSON text of a list or an object, as stores write them into texts; it remembers how it was written.
 * Anything else, also a text that only looks like one or is nested too deep to be read safely, is given as it is.
 */
export function parseJsonText(value: JsonValue): JsonValue;
export function parseJsonText(value: JsonValue | undefined): JsonValue | undefined;
export function parseJsonText(value: JsonValue | undefined): JsonValue | undefined {
  if (typeof value !== "string" || !/^\s*[[{]/u.test(value) || isNestedDeeper(value, MAXIMUM_DEPTH)) {
    return value;
  }
  try {
    return carryJson(value);
  } catch {
    return value;
  }
}
