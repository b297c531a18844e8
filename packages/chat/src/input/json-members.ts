import type { JsonObject, JsonValue } from "@dpo-kit/schema";
import { isObject } from "./file-sample.ts";

/** The objects in a list; none where the value is no list. */
export function objectsIn(value: JsonValue | undefined): JsonObject[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}

/** The first of some values that is a text. */
export function firstText(...values: readonly (JsonValue | undefined)[]): string | undefined {
  return values.find((value) => typeof value === "string") as string | undefined;
}
