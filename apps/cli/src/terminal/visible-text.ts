/**
 * Characters that a terminal obeys instead of showing: C0 but tab and line feed, DEL, C1, the controls of text
 * direction (https://trojansource.codes), the invisible tag characters, and half characters.
 */
const controls =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: those are what is looked for.
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\u{e0000}-\u{e007f}\p{Surrogate}]/gu;

/** A text in which every control character is spelled out: data must not be able to steer a terminal. */
export function visibleText(text: string): string {
  return text.replace(/\r\n/gu, "\n").replace(controls, spellOut);
}

/** The same on one line. */
export function visibleLine(text: string): string {
  return visibleText(text).replace(/\n/gu, "\\n").replace(/\t/gu, "\\t");
}

function spellOut(character: string): string {
  const hex = character.codePointAt(0)!.toString(16);
  return character === "\r" ? "\\r" : hex.length <= 2 ? `\\x${hex.padStart(2, "0")}` : `\\u{${hex}}`;
}

/**
 * A copy of a value, to any depth, in which every text is visible: strings, keys of objects, keys of Maps.
 * Reports are made of such copies only, so that no report can forget it.
 */
export function visibleCopy<T>(value: T): T {
  return copy(value) as T;
}

function copy(value: unknown): unknown {
  if (typeof value === "string") {
    return visibleText(value);
  }
  if (Array.isArray(value)) {
    return value.map(copy);
  }
  if (value instanceof Map) {
    return new Map([...value].map(([key, inner]) => [copy(key), copy(inner)]));
  }
  if (typeof value === "object" && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [visibleText(key), copy(inner)]));
  }
  return value;
}
