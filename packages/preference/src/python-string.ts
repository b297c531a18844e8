/** A string literal that was read, and the index behind its closing quote. */
export interface PythonString {
  value: string;
  end: number;
}

const simpleEscapes: ReadonlyMap<string, string> = new Map([
  ["\\", "\\"],
  ["'", "'"],
  ['"', '"'],
  ["a", "\u0007"],
  ["b", "\b"],
  ["f", "\f"],
  ["n", "\n"],
  ["r", "\r"],
  ["t", "\t"],
  ["v", "\v"],
  ["\n", ""],
]);

const hexDigits: ReadonlyMap<string, number> = new Map([
  ["x", 2],
  ["u", 4],
  ["U", 8],
]);

/**
 * Reads the Python string literal whose opening quote is at `start`; undefined where there is none that ends
 * on the same line. An unknown escape keeps its backslash, as in Python. Triple quotes, `\N{…}` and raw or
 * byte strings are not read: `repr` never writes them for text.
 *
 * Source: https://docs.python.org/3/reference/lexical_analysis.html#string-and-bytes-literals
 */
export function readPythonString(text: string, start: number): PythonString | undefined {
  const quote = text[start];
  const parts: string[] = [];
  let from = start + 1;
  for (let at = from; at < text.length; at += 1) {
    const character = text[at];
    if (character === quote) {
      parts.push(text.slice(from, at));
      return { value: parts.join(""), end: at + 1 };
    }
    if (character === "\n") {
      return undefined;
    }
    if (character === "\\") {
      const escaped = readEscape(text, at + 1);
      if (escaped === undefined) {
        return undefined;
      }
      parts.push(text.slice(from, at), escaped.value);
      from = escaped.end;
      at = from - 1;
    }
  }
  return undefined;
}

/** Reads what follows a backslash. */
function readEscape(text: string, at: number): PythonString | undefined {
  const character = text[at] ?? "";
  const simple = simpleEscapes.get(character);
  if (simple !== undefined) {
    return { value: simple, end: at + 1 };
  }
  const digits = hexDigits.get(character);
  if (digits !== undefined) {
    return characterOf(text.slice(at + 1, at + 1 + digits), digits, at + 1);
  }
  const octal = /^[0-7]{1,3}/u.exec(text.slice(at, at + 3))?.[0];
  if (octal !== undefined) {
    return { value: String.fromCharCode(Number.parseInt(octal, 8)), end: at + octal.length };
  }
  return character === "" || character === "N" ? undefined : { value: "\\", end: at };
}

function characterOf(hex: string, digits: number, at: number): PythonString | undefined {
  const code = hex.length === digits && /^[\da-f]+$/iu.test(hex) ? Number.parseInt(hex, 16) : Number.NaN;
  return code <= 0x10ffff ? { value: String.fromCodePoint(code), end: at + digits } : undefined;
}
