import type { JsonValue } from "@dpo-kit/schema";

const MAXIMUM_DEPTH = 1_000;

/**
 * The value that the beginning of a JSON text holds: everything that is complete in it, and the lists and objects
 * around that closed. What is nested too deep to be parsed safely ends it as well. Undefined where nothing is
 * complete, or where it is no JSON.
 */
export function parsePrefix(text: string): JsonValue | undefined {
  try {
    return JSON.parse(completePrefix(text)) as JsonValue;
  } catch {
    return undefined;
  }
}

/**
 * The elements in the beginning of a JSON array. One that is damaged is left out, the others tell what the array is
 * of; the last may be incomplete.
 */
export function parseElements(text: string): JsonValue[] {
  const whole = parsePrefix(text);
  if (whole !== undefined) {
    return Array.isArray(whole) ? whole : [];
  }
  return elementTexts(text)
    .map(parsePrefix)
    .filter((value) => value !== undefined);
}

function elementTexts(text: string): string[] {
  const elements: string[] = [];
  let depth = 0;
  let start = text.indexOf("[") + 1;
  for (let at = start; at < text.length && depth >= 0; at += 1) {
    const character = text[at]!;
    if (character === '"') {
      at = stringEnd(text, at);
    } else if (character === "{" || character === "[") {
      depth += 1;
    } else if (character === "}" || character === "]") {
      depth -= 1;
    } else if (character === "," && depth === 0) {
      elements.push(text.slice(start, at).trim());
      start = at + 1;
    }
  }
  return [...elements, text.slice(start).trim()];
}

/** The text up to the last complete value of a list or member of an object, and the brackets that close it. */
function completePrefix(text: string): string {
  const closers: string[] = [];
  let end = 0;
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at]!;
    if (character === '"') {
      at = stringEnd(text, at);
    } else if (character === "{" || character === "[") {
      if (closers.length === MAXIMUM_DEPTH) {
        break;
      }
      closers.push(character === "{" ? "}" : "]");
      end = at + 1;
    } else if (character === "}" || character === "]") {
      closers.pop();
      end = at + 1;
    } else if (character === ",") {
      end = at;
    }
    if (closers.length === 0 && end > 0) {
      break;
    }
  }
  return text.slice(0, end) + closers.reverse().join("");
}

/** The index of the quote that closes the string which begins at `start`; the end of the text where none does. */
function stringEnd(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at += 1) {
    if (text[at] === "\\") {
      at += 1;
    } else if (text[at] === '"') {
      return at;
    }
  }
  return text.length;
}
