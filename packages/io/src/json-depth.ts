import { skipJsonString } from "./json-cursor.ts";

/** Whether the objects and arrays of a JSON text are nested more than `limit` deep. */
export function isNestedDeeper(text: string, limit: number): boolean {
  // A short text or one with few brackets cannot be: two searches, far cheaper than following each bracket.
  if (text.length <= limit * 2 || !hasMoreOpenings(text, limit)) {
    return false;
  }
  let depth = 0;
  for (let at = 0; at < text.length; ) {
    const unit = text.charCodeAt(at);
    if (unit === 0x22) {
      at = skipJsonString(text, at);
      continue;
    }
    if (unit === 0x7b || unit === 0x5b) {
      depth += 1;
      if (depth > limit) {
        return true;
      }
    } else if (unit === 0x7d || unit === 0x5d) {
      depth -= 1;
    }
    at += 1;
  }
  return false;
}

function hasMoreOpenings(text: string, limit: number): boolean {
  let count = 0;
  for (const opening of "{[") {
    for (let at = text.indexOf(opening); at !== -1; at = text.indexOf(opening, at + 1)) {
      count += 1;
      if (count > limit) {
        return true;
      }
    }
  }
  return false;
}
