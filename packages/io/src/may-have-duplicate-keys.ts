/**
 * Whether a key may stand twice in one object of a text that was parsed to `value`: false is certain, true has to
 * be looked into. Much faster than looking: it compares how many keys the text and the value have.
 */
export function mayHaveDuplicateKeys(text: string, value: unknown): boolean {
  return countKeyMarks(text) !== countKeys(value);
}

const [quote, backslash] = [0x22, 0x5c];

/**
 * A quote and a colon end a key, unless the quote is escaped, or begin a text: then there seem to be more keys than
 * there are. White space between them, which few writers put there, makes any number of it.
 */
function countKeyMarks(text: string): number {
  let marks = 0;
  for (let at = text.indexOf(":"); at !== -1; at = text.indexOf(":", at + 1)) {
    const before = text.charCodeAt(at - 1);
    if (before === quote) {
      marks += isEscaped(text, at - 1) ? 0 : 1;
    } else if (before <= 0x20 && isBehindQuote(text, at - 1)) {
      return Number.NaN;
    }
  }
  return marks;
}

/** Whether an odd number of backslashes stands before an offset, which inside a string escapes what follows. */
function isEscaped(text: string, at: number): boolean {
  let before = at - 1;
  while (text.charCodeAt(before) === backslash) {
    before -= 1;
  }
  return (at - before) % 2 === 0;
}

/** Whether a quote stands before the white space that ends at an offset. */
function isBehindQuote(text: string, at: number): boolean {
  let before = at;
  while (before > 0 && text.charCodeAt(before) <= 0x20) {
    before -= 1;
  }
  return text.charCodeAt(before) === quote;
}

function countKeys(value: unknown): number {
  let keys = 0;
  const pending: unknown[] = [value];
  for (let next = pending.pop(); pending.length > 0 || next !== undefined; next = pending.pop()) {
    if (typeof next !== "object" || next === null) {
      continue;
    }
    const members = Object.values(next);
    keys += Array.isArray(next) ? 0 : members.length;
    for (const member of members) {
      if (typeof member === "object" && member !== null) {
        pending.push(member);
      }
    }
  }
  return keys;
}
