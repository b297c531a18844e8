import type { CodePointTest, Pattern, PatternStep } from "./pattern.ts";
import { WhereError } from "./where-error.ts";

/** A pattern may have so many steps, counted repetitions written out. */
const MOST_STEPS = 5_000;
const DEEPEST = 50;

const quantifier = /\*|\+|\?|\{(\d{1,4})(,(\d{0,4}))?\}/uy;
/** A class, an escaped character, or any character; what a class or an escape means is left to the engine. */
const atom =
  /\[(?:\\.|[^\]\\])*\]|\\(?:[pP]\{[^}]*\}|x[\da-fA-F]{2}|u[\da-fA-F]{4}|u\{[\da-fA-F]+\}|.)|[^\\]/suy;

/**
 * The machine of a regular expression.
 * @throws {WhereError}
 */
export function parsePattern(text: string): Pattern {
  const parser = new PatternParser(text);
  return parser.parse();
}

class PatternParser {
  readonly #text: string;
  readonly #flags: string;
  readonly #steps: PatternStep[] = [];
  #at: number;
  #depth = 0;

  constructor(text: string) {
    const anyCase = text.startsWith("(?i)");
    this.#text = text;
    this.#flags = anyCase ? "iu" : "u";
    this.#at = anyCase ? 4 : 0;
  }

  parse(): Pattern {
    this.#alternatives();
    if (this.#at < this.#text.length) {
      throw this.#error("There is a ) without its (", "Write \\) for the character.");
    }
    this.#push({ kind: "found" });
    return this.#steps;
  }

  #alternatives(): void {
    const start = this.#steps.length;
    this.#sequence();
    while (this.#takes("|")) {
      // What is there becomes the first choice, and jumps over the second.
      const second = this.#steps.length + 2;
      this.#insert(start, { kind: "either", first: start + 1, second });
      const jump = this.#steps.length;
      this.#push({ kind: "jump", to: jump + 1 });
      this.#sequence();
      this.#steps[jump] = { kind: "jump", to: this.#steps.length };
    }
  }

  #sequence(): void {
    while (this.#at < this.#text.length && !"|)".includes(this.#text[this.#at]!)) {
      const start = this.#steps.length;
      const isAnchor = this.#piece();
      this.#repeat(start, isAnchor);
    }
  }

  /** One thing that can be repeated. True for an anchor, which cannot. */
  #piece(): boolean {
    if (this.#takes("^")) {
      return this.#anchor("start");
    }
    if (this.#takes("$")) {
      return this.#anchor("end");
    }
    if (this.#text[this.#at] === "(") {
      this.#group();
    } else {
      this.#push({ kind: "one", test: this.#test() });
    }
    return false;
  }

  #anchor(kind: "start" | "end"): true {
    this.#push({ kind });
    return true;
  }

  #group(): void {
    const opened = this.#at;
    this.#at += 1;
    if (this.#takes("?") && !this.#takes(":")) {
      throw this.#error(
        "Looking ahead or behind, and named groups, are not understood",
        "Use (…) or (?:…); combine conditions with and, or, not.",
        opened,
      );
    }
    this.#depth += 1;
    if (this.#depth > DEEPEST) {
      throw this.#error("The pattern is nested too deep", "Write it flatter.");
    }
    this.#alternatives();
    this.#depth -= 1;
    if (!this.#takes(")")) {
      throw this.#error("A ( is not closed", "Write \\( for the character.", opened);
    }
  }

  #test(): CodePointTest {
    atom.lastIndex = this.#at;
    const source = atom.exec(this.#text)?.[0] ?? "";
    if (source === "" || /^[*+?{}\]]$/u.test(source) || /^\\[1-9kbB]/u.test(source)) {
      throw this.#error(
        `${this.#text.slice(this.#at, this.#at + 2)} is not understood here`,
        "Write \\ before a character that is meant as such.",
      );
    }
    try {
      const one = new RegExp(`^${source}$`, this.#flags);
      this.#at += source.length;
      const isPlain = this.#flags === "u" && !/^[.[\\]/u.test(source);
      return isPlain ? (codePoint) => codePoint === source : (codePoint) => one.test(codePoint);
    } catch {
      throw this.#error(`${source} is no class of characters`, "Such as [a-z], \\d, \\w, \\s, \\p{L}.");
    }
  }

  #repeat(start: number, isAnchor: boolean): void {
    quantifier.lastIndex = this.#at;
    const match = quantifier.exec(this.#text);
    if (match === null) {
      return;
    }
    const [least, most] = countsOf(match);
    if (isAnchor || most < least) {
      throw this.#error(`${match[0]} cannot stand here`, "Such as a*, a+, a?, a{2,5}.");
    }
    this.#at += match[0].length;
    // Whether as little as possible is taken makes no difference to whether anything is found.
    this.#takes("?");
    this.#refuseRepetition();
    this.#write(this.#steps.splice(start), { start, least, most });
  }

  #refuseRepetition(): void {
    quantifier.lastIndex = this.#at;
    if (quantifier.test(this.#text)) {
      throw this.#error("A repetition cannot be repeated", "Put it into a group: (a+)*.");
    }
  }

  /** Writes steps as often as they are needed, and then as often as they may come. */
  #write(
    piece: readonly PatternStep[],
    { start, least, most }: { start: number; least: number; most: number },
  ): void {
    for (let time = 0; time < least; time += 1) {
      this.#copy(piece, start);
    }
    if (most === Number.POSITIVE_INFINITY) {
      const loop = this.#steps.length;
      this.#push({ kind: "either", first: loop + 1, second: loop + piece.length + 2 });
      this.#copy(piece, start);
      this.#push({ kind: "jump", to: loop });
      return;
    }
    const behind = this.#steps.length + (most - least) * (piece.length + 1);
    for (let time = least; time < most; time += 1) {
      this.#push({ kind: "either", first: this.#steps.length + 1, second: behind });
      this.#copy(piece, start);
    }
  }

  #copy(piece: readonly PatternStep[], start: number): void {
    const by = this.#steps.length - start;
    for (const step of piece) {
      this.#push(moved(step, by, 0));
    }
  }

  #insert(at: number, step: PatternStep): void {
    const behind = this.#steps.splice(at).map((one) => moved(one, 1, at));
    this.#push(step);
    for (const one of behind) {
      this.#push(one);
    }
  }

  #push(step: PatternStep): void {
    if (this.#steps.length >= MOST_STEPS) {
      throw this.#error("The pattern is too large", "Repeat less, or shorter parts.");
    }
    this.#steps.push(step);
  }

  #takes(character: string): boolean {
    const takes = this.#text[this.#at] === character;
    this.#at += takes ? 1 : 0;
    return takes;
  }

  #error(message: string, hint: string, at: number = this.#at): WhereError {
    return new WhereError(`In the pattern: ${message}`, { at, hint });
  }
}

function countsOf([text, least, range, most]: RegExpExecArray): [number, number] {
  if (least === undefined) {
    return [text === "+" ? 1 : 0, text === "?" ? 1 : Number.POSITIVE_INFINITY];
  }
  if (range === undefined) {
    return [Number(least), Number(least)];
  }
  return [Number(least), most === "" ? Number.POSITIVE_INFINITY : Number(most)];
}

/** A step that stands further behind; numbers of steps before `from` stay. */
function moved(step: PatternStep, by: number, from: number): PatternStep {
  const shift = (to: number): number => (to >= from ? to + by : to);
  if (step.kind === "either") {
    return { ...step, first: shift(step.first), second: shift(step.second) };
  }
  return step.kind === "jump" ? { ...step, to: shift(step.to) } : step;
}
