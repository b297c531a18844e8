import { carriedJsonText, isCarriedJson, type JsonValue } from "@dpo-kit/schema";

/**
 * The JSON text of any value, however deeply it is nested: `JSON.stringify` gives up at some thousand levels,
 * and a record that was rejected for its nesting still has to be kept. What was carried stays as written.
 */
export function deepJson(value: JsonValue): string {
  if (typeof value !== "object" || value === null || isCarriedJson(value)) {
    return carriedJsonText(value);
  }
  try {
    return JSON.stringify(value);
  } catch (error) {
    if (error instanceof RangeError) {
      return writeWithoutRecursion(value);
    }
    throw error;
  }
}

/** What is still to be written: a piece of JSON text, or a value. */
type Pending = { text: string } | { value: JsonValue };

function writeWithoutRecursion(root: JsonValue): string {
  const parts: string[] = [];
  const pending: Pending[] = [{ value: root }];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if ("text" in next) {
      parts.push(next.text);
    } else if (typeof next.value === "object" && next.value !== null) {
      // Last in, first out: what is to be written first is pushed last.
      pending.push(...containerParts(next.value).reverse());
    } else {
      parts.push(JSON.stringify(next.value));
    }
  }
  return parts.join("");
}

function containerParts(value: JsonValue[] | { [key: string]: JsonValue }): Pending[] {
  if (Array.isArray(value)) {
    const items = value.flatMap((item, index): Pending[] => [
      { text: index === 0 ? "" : "," },
      { value: item },
    ]);
    return [{ text: "[" }, ...items, { text: "]" }];
  }
  const fields = Object.keys(value).flatMap((key, index): Pending[] => [
    { text: `${index === 0 ? "" : ","}${JSON.stringify(key)}:` },
    { value: value[key]! },
  ]);
  return [{ text: "{" }, ...fields, { text: "}" }];
}
