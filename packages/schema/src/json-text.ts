/**
 * What `JSON.stringify` gives for a JSON value, at any depth: that one recurses, and runs out of stack some
 * thousands of levels down.
 */
export function jsonText(value: unknown): string {
  try {
    return JSON.stringify(value) ?? "null";
  } catch (error) {
    if (error instanceof RangeError) {
      return deepJsonText(value);
    }
    throw error;
  }
}

/** What is still to be written: a piece of text, or a value. */
type Pending = { text: string } | { value: unknown };

function deepJsonText(value: unknown): string {
  const parts: string[] = [];
  const pending: Pending[] = [{ value }];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if ("text" in next) {
      parts.push(next.text);
    } else if (typeof next.value === "object" && next.value !== null) {
      for (const part of partsOf(next.value).reverse()) {
        pending.push(part);
      }
    } else {
      parts.push(JSON.stringify(next.value) ?? "null");
    }
  }
  return parts.join("");
}

function partsOf(value: object): Pending[] {
  const isList = Array.isArray(value);
  const members: Pending[] = [];
  for (const [key, inner] of Object.entries(value)) {
    if (isList || inner !== undefined) {
      const comma = members.length === 0 ? "" : ",";
      members.push({ text: isList ? comma : `${comma}${JSON.stringify(key)}:` }, { value: inner });
    }
  }
  return [{ text: isList ? "[" : "{" }, ...members, { text: isList ? "]" : "}" }];
}
