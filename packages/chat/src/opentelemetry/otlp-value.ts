import type { JsonObject, JsonValue } from "@dpo-kit/schema";
import { isObject } from "../input/file-sample.ts";
import { objectsIn } from "../input/json-members.ts";

const MAXIMUM_DEPTH = 100;

const scalarKeys: readonly string[] = ["stringValue", "boolValue", "doubleValue"];

/**
 * A value as OTLP writes it to JSON: `{stringValue}`, `{intValue: "1"}`, `{arrayValue}`, `{kvlistValue}`. Undefined
 * where it is none. See https://opentelemetry.io/docs/specs/otlp/#json-protobuf-encoding
 */
export function otlpValue(value: JsonValue | undefined, depth = 0): JsonValue | undefined {
  if (!isObject(value) || depth > MAXIMUM_DEPTH) {
    return undefined;
  }
  const { arrayValue, kvlistValue, intValue } = value;
  if (isObject(arrayValue)) {
    return objectsIn(arrayValue.values).map((item) => otlpValue(item, depth + 1) ?? null);
  }
  if (isObject(kvlistValue)) {
    return membersOf(kvlistValue, depth + 1);
  }
  const key = scalarKeys.find((each) => Object.hasOwn(value, each));
  return key === undefined ? (intValue === undefined ? undefined : Number(intValue)) : value[key];
}

function membersOf({ values }: JsonObject, depth: number): JsonObject {
  const members = objectsIn(values).map(({ key, value }): [string, JsonValue] => [
    String(key),
    otlpValue(value, depth) ?? null,
  ]);
  return Object.fromEntries(members);
}
