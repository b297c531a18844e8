// Steps through a JSON text that all searches in it share. None checks the text: that is locateJsonError's work.

/** The index of the first character at or behind `at` that is not JSON white space. */
export function skipJsonSpace(text: string, at: number): number {
  let next = at;
  for (let unit = text.charCodeAt(next); isJsonSpace(unit); unit = text.charCodeAt(next)) {
    next += 1;
  }
  return next;
}

/** Space, tab, line feed and carriage return: all that JSON takes between tokens. */
export function isJsonSpace(unit: number): boolean {
  return unit === 0x20 || unit === 0x0a || unit === 0x0d || unit === 0x09;
}

/** The index behind the string whose opening quote is at `at`; the length of the text where it is not closed. */
export function skipJsonString(text: string, at: number): number {
  let close = text.indexOf('"', at + 1);
  while (close !== -1 && isEscaped(text, at, close)) {
    close = text.indexOf('"', close + 1);
  }
  return close === -1 ? text.length : close + 1;
}

/** Whether an odd number of backslashes stands before a quote of the string that begins at `start`. */
function isEscaped(text: string, start: number, quote: number): boolean {
  let before = quote - 1;
  while (before > start && text.charCodeAt(before) === 0x5c) {
    before -= 1;
  }
  return (quote - 1 - before) % 2 === 1;
}

/** The index behind the value that begins at `at`. */
export function skipJsonValue(text: string, at: number): number {
  const first = text[at];
  if (first === '"') {
    return skipJsonString(text, at);
  }
  return first === "{" || first === "[" ? skipContainer(text, at) : skipScalar(text, at);
}

function skipContainer(text: string, at: number): number {
  let depth = 0;
  let next = at;
  while (next < text.length) {
    const unit = text.charCodeAt(next);
    if (unit === 0x22) {
      next = skipJsonString(text, next);
      continue;
    }
    next += 1;
    if (unit === 0x7b || unit === 0x5b) {
      depth += 1;
    } else if (unit === 0x7d || unit === 0x5d) {
      depth -= 1;
      if (depth === 0) {
        return next;
      }
    }
  }
  return next;
}

function skipScalar(text: string, at: number): number {
  let next = at;
  while (next < text.length && !/[\s,\]}]/u.test(text[next]!)) {
    next += 1;
  }
  return next;
}

/** The key whose token stands from `start` to `end`, quotes included. */
export function jsonKey(text: string, start: number, end: number): string {
  const raw = text.slice(start + 1, end - 1);
  if (!raw.includes("\\")) {
    return raw;
  }
  try {
    return JSON.parse(text.slice(start, end)) as string;
  } catch {
    return raw;
  }
}
