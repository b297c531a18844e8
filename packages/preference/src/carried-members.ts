import { carriedJsonText, isCarriedJson, type JsonValue, rememberJsonText } from "@dpo-kit/schema";

const known = new WeakMap<object, ReadonlyMap<string, string>>();
const noMembers: ReadonlyMap<string, string> = new Map();

/**
 * The JSON text of one member of a list or an object: as it was written if the whole was carried
 * (`carryJson`), else as `JSON.stringify` writes it. Number tokens stay as they were: `1.0` is not `1`.
 */
export function memberJsonText(parent: object, key: string | number): string {
  const text = isCarriedJson(parent) ? membersOf(parent).get(String(key)) : undefined;
  return text ?? carriedJsonText((parent as Record<string | number, unknown>)[key]);
}

/** One member of a list or an object; where the whole was carried, the member remembers its own text too. */
export function carriedMember(parent: object, key: string | number): JsonValue | undefined {
  const member = (parent as Record<string | number, JsonValue>)[key];
  if (typeof member !== "object" || member === null || !isCarriedJson(parent) || isCarriedJson(member)) {
    return member;
  }
  const text = membersOf(parent).get(String(key));
  return text === undefined ? member : rememberJsonText(member, text);
}

function membersOf(parent: object): ReadonlyMap<string, string> {
  const found = known.get(parent) ?? splitMembers(carriedJsonText(parent));
  known.set(parent, found);
  return found;
}

/** The members of the list or object that a compact JSON text is; of a key that is there twice, the last one. */
export function splitMembers(text: string): ReadonlyMap<string, string> {
  if (text.length <= 2) {
    return noMembers;
  }
  const inObject = text[0] === "{";
  const members = new Map<string, string>();
  for (let at = 1; at < text.length; ) {
    const start = inObject ? stringEnd(text, at) + 1 : at;
    const end = valueEnd(text, start);
    const key = inObject ? (JSON.parse(text.slice(at, start - 1)) as string) : String(members.size);
    members.set(key, text.slice(start, end));
    at = end + 1;
  }
  return members;
}

/** The index of the comma or bracket that ends the value which starts at `start`. */
function valueEnd(text: string, start: number): number {
  let depth = 0;
  for (let at = start; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === quote) {
      at = stringEnd(text, at) - 1;
    } else if (code === openBrace || code === openBracket) {
      depth += 1;
    } else if (code === closeBrace || code === closeBracket) {
      if (depth === 0) {
        return at;
      }
      depth -= 1;
    } else if (code === comma && depth === 0) {
      return at;
    }
  }
  return text.length;
}

const quote = 0x22;
const comma = 0x2c;
const backslash = 0x5c;
const openBracket = 0x5b;
const closeBracket = 0x5d;
const openBrace = 0x7b;
const closeBrace = 0x7d;

/** The index behind the string whose opening quote is at `start`. */
function stringEnd(text: string, start: number): number {
  for (let at = start + 1; ; at += 1) {
    const code = text.charCodeAt(at);
    if (code === quote) {
      return at + 1;
    }
    // Behind the text there is only NaN: a text that is no JSON must not hang the run.
    if (Number.isNaN(code)) {
      return text.length;
    }
    if (code === backslash) {
      at += 1;
    }
  }
}
