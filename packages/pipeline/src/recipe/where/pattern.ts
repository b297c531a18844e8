import { parsePattern } from "./parse-pattern.ts";

/** Whether a code point is one of those that stand at a place of a pattern. */
export type CodePointTest = (codePoint: string) => boolean;

/** A step of a pattern's machine. Numbers are those of other steps. */
export type PatternStep =
  | { readonly kind: "one"; readonly test: CodePointTest }
  | { readonly kind: "either"; readonly first: number; readonly second: number }
  | { readonly kind: "jump"; readonly to: number }
  | { readonly kind: "start" | "end" | "found" };

/** A regular expression as a machine without memory: it looks at each character once. */
export type Pattern = readonly PatternStep[];

/**
 * Compiles a regular expression: characters, `.`, classes (`[a-z]`, `\d`, `\p{L}`), groups, `|`, `*`, `+`, `?`,
 * `{2,5}`, `^` and `$` for the start and the end of the text, and `(?i)` before all for any case. What needs going
 * back in the text (references, looking ahead or behind) is refused, so that no pattern takes more than its length
 * times that of the text (https://swtch.com/~rsc/regexp/regexp1.html).
 *
 * @throws {WhereError} with the place in the pattern.
 */
export function compilePattern(text: string): Pattern {
  return parsePattern(text);
}

/** Whether the pattern is found anywhere in the text. */
export function patternMatches(pattern: Pattern, text: string): boolean {
  let current = new Threads(pattern);
  let next = new Threads(pattern);
  let at = 0;
  for (const codePoint of text) {
    if (current.add(0, at === 0, false)) {
      return true;
    }
    at += codePoint.length;
    next.clear();
    for (const step of current.waiting) {
      const { test } = pattern[step] as { test: CodePointTest };
      if (test(codePoint) && next.add(step + 1, false, at === text.length)) {
        return true;
      }
    }
    [current, next] = [next, current];
  }
  return current.add(0, text === "", true);
}

/** The steps at which the machine can be, each once. */
class Threads {
  /** Those that wait for a character. */
  readonly waiting: number[] = [];
  readonly #pattern: Pattern;
  readonly #seen: Uint8Array;

  constructor(pattern: Pattern) {
    this.#pattern = pattern;
    this.#seen = new Uint8Array(pattern.length);
  }

  clear(): void {
    this.waiting.length = 0;
    this.#seen.fill(0);
  }

  /** Goes on from a step as far as no character is needed. True where the end of the pattern is reached. */
  add(from: number, isStart: boolean, isEnd: boolean): boolean {
    const stack = [from];
    while (stack.length > 0) {
      const at = stack.pop()!;
      if (this.#seen[at] === 1) {
        continue;
      }
      this.#seen[at] = 1;
      const step = this.#pattern[at]!;
      if (step.kind === "found") {
        return true;
      }
      if (step.kind === "one") {
        this.waiting.push(at);
      } else if (step.kind === "either") {
        stack.push(step.second, step.first);
      } else if (step.kind === "jump") {
        stack.push(step.to);
      } else if (step.kind === "start" ? isStart : isEnd) {
        stack.push(at + 1);
      }
    }
    return false;
  }
}
