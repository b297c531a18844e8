import { skipJsonValue } from "./json-cursor.ts";
import { type JsonPath, locateJsonPath } from "./json-path.ts";

/**
 * The JSON text of the value at a path of a valid JSON text, number tokens and key order as they were written.
 * Undefined where the path leads to nothing.
 */
export function jsonTextAt(text: string, path: JsonPath): string | undefined {
  const place = locateJsonPath(text, path);
  return place === undefined ? undefined : text.slice(place.offset, skipJsonValue(text, place.offset));
}
