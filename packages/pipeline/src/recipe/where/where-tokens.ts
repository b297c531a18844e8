import { WhereError } from "./where-error.ts";

/** A piece of an expression. */
export interface WhereToken {
  readonly kind: "number" | "text" | "name" | "word" | "sign" | "end";
  /** Of quoted texts and names what stands between the quotes. */
  readonly text: string;
  /** From 0, in UTF-16 code units. */
  readonly at: number;
}

/** Each has one group: what it is without quotes. Every pattern goes over its text once. */
const forms: readonly (readonly [WhereToken["kind"], RegExp])[] = [
  ["number", /(-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)(?![\p{L}\p{N}_@])/uy],
  ["text", /'((?:[^']|'')*)'|"((?:[^"]|"")*)"/uy],
  ["name", /`((?:[^`]|``)+)`/uy],
  ["word", /([@\p{L}_][\p{L}\p{N}_.]*)/uy],
  ["sign", /(!=|<=|>=|==|[=<>()[\],])/uy],
];

/**
 * The pieces of an expression; the last is its end.
 * @throws {WhereError} at a character that begins none.
 */
export function whereTokens(expression: string): WhereToken[] {
  const tokens: WhereToken[] = [];
  let at = skipSpace(expression, 0);
  while (at < expression.length) {
    const token = tokenAt(expression, at);
    tokens.push(token.token);
    at = skipSpace(expression, token.end);
  }
  return [...tokens, { kind: "end", text: "", at: expression.length }];
}

function skipSpace(expression: string, from: number): number {
  const space = /\s*/uy;
  space.lastIndex = from;
  return from + space.exec(expression)![0].length;
}

function tokenAt(expression: string, at: number): { token: WhereToken; end: number } {
  for (const [kind, form] of forms) {
    form.lastIndex = at;
    const match = form.exec(expression);
    if (match !== null) {
      const inner = match[1] ?? match[2] ?? "";
      return { token: { kind, text: unquoted(inner, match[0][0]!), at }, end: at + match[0].length };
    }
  }
  throw unreadable(expression, at);
}

/** A quote that stands twice is one. */
function unquoted(inner: string, quote: string): string {
  return "'\"`".includes(quote) ? inner.replaceAll(quote + quote, quote) : inner;
}

function unreadable(expression: string, at: number): WhereError {
  const [character] = expression.slice(at);
  const isQuote = "'\"`".includes(character!);
  return new WhereError(isQuote ? `A quote ${character} is not closed` : `${character} means nothing here`, {
    at,
    hint: isQuote
      ? `Close it with ${character}; a quote that is meant as such is written twice.`
      : "Texts stand in quotes, and names of fields with other signs than letters, digits and _ in backticks.",
  });
}
