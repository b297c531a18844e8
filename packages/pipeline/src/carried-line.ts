import { carriedMember, memberJsonText } from "@dpo-kit/preference";
import { carriedJsonText, carryJson, isCarriedJson, jsonString } from "@dpo-kit/schema";

/** Parses a line so that each object and list in it remembers how it was written: number tokens, order of keys. */
export function carryLine(text: string): unknown {
  const value = carryJson(text);
  const pending: unknown[] = [value];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if (typeof next === "object" && next !== null) {
      for (const key of Object.keys(next)) {
        pending.push(carriedMember(next, key));
      }
    }
  }
  return value;
}

/**
 * The JSON text of a line of which parts were replaced: what is still as in `original`, the line as
 * {@link carryLine} gave it, stands as it was written.
 */
export function carriedLineText(value: unknown, original?: unknown): string {
  if (typeof value !== "object" || value === null || isCarriedJson(value)) {
    return carriedJsonText(value);
  }
  if (Array.isArray(value)) {
    const before = Array.isArray(original) ? original : [];
    return `[${value.map((item, index) => carriedLineText(item, before[index])).join(",")}]`;
  }
  const before = isPlainObject(original) ? original : {};
  const members = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .map(([key, member]) => `${jsonString(key)}:${memberText(key, member, before)}`);
  return `{${members.join(",")}}`;
}

function memberText(key: string, member: unknown, before: Record<string, unknown>): string {
  const isSame = Object.hasOwn(before, key) && before[key] === member;
  return isSame ? memberJsonText(before, key) : carriedLineText(member, before[key]);
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
