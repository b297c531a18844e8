import { jsonString } from "@dpo-kit/schema";
import { splitMembers } from "./carried-members.ts";

/** Deeper than this a function definition is left as it is. */
const MAXIMUM_DEPTH = 64;

/** Keywords of JSON Schema under which null is a value, not a gap. */
const valueKeywords: ReadonlySet<string> = new Set(["default", "const", "enum", "example", "examples"]);
const nullableKeywords: ReadonlySet<string> = new Set(["default", "const", "example"]);

/** Keywords of JSON Schema whose members are named by the author: `default` is an ordinary name there. */
const namedMembers: ReadonlySet<string> = new Set([
  "properties",
  "patternProperties",
  "$defs",
  "definitions",
]);

/**
 * A function definition, as compact JSON text, without the members that hold null because Arrow pads structs
 * to the union of the fields of all rows (https://arrow.apache.org/docs/format/Columnar.html#struct-layout).
 * Null stays where JSON Schema gives it a meaning: as `default`, `const` or `example`, and inside enums.
 * Everything else keeps its tokens and its order; a text without null members comes back as it is.
 */
export function withoutNullPadding(text: string): string {
  return text.includes("null") ? pruned(text, { named: false, depth: 0 }) : text;
}

function pruned(text: string, inside: { named: boolean; depth: number }): string {
  const isObject = text[0] === "{";
  if ((!isObject && text[0] !== "[") || inside.depth > MAXIMUM_DEPTH || !text.includes("null")) {
    return text;
  }
  const isSchema = isObject && !inside.named;
  const kept: string[] = [];
  let changed = false;
  for (const [key, member] of splitMembers(text)) {
    if (isObject && member === "null" && !(isSchema && nullableKeywords.has(key))) {
      changed = true;
      continue;
    }
    const within = { named: isSchema && namedMembers.has(key), depth: inside.depth + 1 };
    const value = isSchema && valueKeywords.has(key) ? member : pruned(member, within);
    changed ||= value !== member;
    kept.push(isObject ? `${jsonString(key)}:${value}` : value);
  }
  if (!changed) {
    return text;
  }
  return isObject ? `{${kept.join(",")}}` : `[${kept.join(",")}]`;
}
