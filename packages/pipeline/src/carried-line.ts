import { carriedMember } from "@dpo-kit/preference";
import { carriedJsonText, carryJson, isCarriedJson, jsonString } from "@dpo-kit/schema";

/** Parses a line so that each object and list in it remembers how it was written: number tokens, order of keys. */
export function carryLine(text: string): unknown {
  const value = carryJson(text);
  const pending: unknown[] = [value];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if (typeof next === "object" && next !== null) {
      const parent = next;
      pending.push(...Object.keys(parent).map((key) => carriedMember(parent, key)));
    }
  }
  return value;
}

/** The JSON text of a line of which parts were replaced: what was carried stands as it was written. */
export function carriedLineText(value: unknown): string {
  if (typeof value !== "object" || value === null || isCarriedJson(value)) {
    return carriedJsonText(value);
  }
  if (Array.isArray(value)) {
    return `[${value.map(carriedLineText).join(",")}]`;
  }
  const members = Object.entries(value).filter(([, member]) => member !== undefined);
  return `{${members.map(([key, member]) => `${jsonString(key)}:${carriedLineText(member)}`).join(",")}}`;
}
