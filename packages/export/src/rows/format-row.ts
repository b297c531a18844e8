import { carriedJsonText, isCarriedJson, jsonString } from "@dpo-kit/schema";

/** What is still to be written: a piece of text, or a value. */
type Pending = { readonly text: string } | { readonly value: unknown };

/**
 * A row as one line of JSON, without its end. Carried JSON stands in it as it was written; all else is written as in
 * canonical lines: compact, non-ASCII as it is, U+2028 and U+2029 escaped. Any depth.
 */
export function formatRow(row: object): string {
  const parts: string[] = [];
  const pending: Pending[] = [{ value: row }];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if ("text" in next) {
      parts.push(next.text);
    } else if (typeof next.value === "string") {
      parts.push(jsonString(next.value));
    } else if (typeof next.value !== "object" || next.value === null || isCarriedJson(next.value)) {
      parts.push(carriedJsonText(next.value));
    } else {
      pending.push(...membersOf(next.value).reverse());
    }
  }
  return parts.join("");
}

function membersOf(value: object): Pending[] {
  const isList = Array.isArray(value);
  const members = Object.entries(value)
    .filter(([, inner]) => isList || inner !== undefined)
    .flatMap(([key, inner], index): Pending[] => {
      const comma = index === 0 ? "" : ",";
      return [{ text: isList ? comma : `${comma}${jsonString(key)}:` }, { value: inner }];
    });
  return [{ text: isList ? "[" : "{" }, ...members, { text: isList ? "]" : "}" }];
}
