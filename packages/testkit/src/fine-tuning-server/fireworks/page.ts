import type { Call } from "../call.ts";
import { type JsonObject, queryOf } from "../checks.ts";
import { refuse } from "./refuse.ts";

/** A page of a list: 50 items, or `pageSize` up to 200; the token of the next page is where it begins. */
export function pageOf(call: Call, name: string, items: readonly JsonObject[]): JsonObject {
  const query = queryOf(call, "pageSize", "pageToken", "filter", "orderBy", "readMask");
  const size = Math.min(Number(query.pageSize ?? 50), 200);
  const start = Number(query.pageToken ?? 0);
  if (!Number.isInteger(size) || size < 1 || !Number.isInteger(start) || start < 0) {
    throw refuse("INVALID_ARGUMENT", "invalid page size or token");
  }
  const end = start + size;
  return {
    [name]: items.slice(start, end),
    nextPageToken: end < items.length ? String(end) : "",
    totalSize: items.length,
  };
}
