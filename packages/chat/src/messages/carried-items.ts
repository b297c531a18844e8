import { carriedMember } from "@dpo-kit/preference";
import type { JsonObject, JsonValue } from "@dpo-kit/schema";
import { isObject } from "../input/file-sample.ts";

/** The items of a list; none where the value is no list. Those of a carried list remember how they were written. */
export function carriedItems(list: JsonValue | undefined): JsonValue[] {
  return Array.isArray(list) ? list.map((_, index) => carriedMember(list, index)!) : [];
}

/** The first of some members that is an object; it remembers how it was written where the whole was carried. */
export function carriedObject(parent: JsonObject, ...keys: readonly string[]): JsonObject | undefined {
  const key = keys.find((each) => Object.hasOwn(parent, each) && isObject(parent[each]));
  return key === undefined ? undefined : (carriedMember(parent, key) as JsonObject);
}
