import { closestNames } from "../../options/closest-name.ts";
import { compilePattern } from "./pattern.ts";
import { type ComparisonSign, type Condition, type Operand, pairFacts, type Where } from "./where.ts";
import { WhereError } from "./where-error.ts";
import { type WhereToken, whereTokens } from "./where-tokens.ts";

/** How deep parentheses and `not` may stand in each other. */
const DEEPEST = 50;

const signs: ReadonlySet<string> = new Set(["=", "==", "!=", "<", "<=", ">", ">="]);
const operators = ["=", "!=", "<", "<=", ">", ">=", "in", "not in", "contains", "matches"];
const literals: ReadonlyMap<string, boolean | null> = new Map([
  ["true", true],
  ["false", false],
  ["null", null],
]);
const reserved: ReadonlySet<string> = new Set(["and", "or", "not", "in", "contains", "matches"]);

/**
 * Understands an expression over the fields of a record:
 *
 * ```text
 * condition  = all { "or" all }
 * all        = one { "and" one }
 * one        = "not" one | "(" condition ")" | comparison
 * comparison = value ( "=" | "!=" | "<" | "<=" | ">" | ">=" ) value
 *            | value ["not"] "in" "[" value { "," value } "]"
 *            | value "contains" value
 *            | value "matches" 'pattern'
 * value      = field | `field` | @fact | 'text' | "text" | number | true | false | null
 * ```
 *
 * @throws {WhereError} with the place in the expression.
 */
export function parseWhere(expression: string): Where {
  const parser = new Parser(whereTokens(expression));
  const condition = parser.condition();
  parser.end();
  return { text: expression, condition, fields: [...parser.fields] };
}

class Parser {
  readonly fields = new Set<string>();
  readonly #tokens: readonly WhereToken[];
  #next = 0;
  #depth = 0;

  constructor(tokens: readonly WhereToken[]) {
    this.#tokens = tokens;
  }

  get #token(): WhereToken {
    return this.#tokens[this.#next]!;
  }

  condition(): Condition {
    return this.#joined("or", () => this.#joined("and", () => this.#one()));
  }

  end(): void {
    if (this.#token.kind !== "end") {
      throw this.#unexpected("and, or, or the end");
    }
  }

  #joined(word: "and" | "or", part: () => Condition): Condition {
    const parts = [part()];
    while (this.#takes("word", word)) {
      parts.push(part());
    }
    return parts.length === 1 ? parts[0]! : { kind: word, parts };
  }

  #one(): Condition {
    if (this.#takes("word", "not")) {
      return { kind: "not", of: this.#deeper(() => this.#one()) };
    }
    if (this.#takes("sign", "(")) {
      const inner = this.#deeper(() => this.condition());
      this.#demand(")");
      return inner;
    }
    return this.#comparison();
  }

  #deeper(parse: () => Condition): Condition {
    this.#depth += 1;
    if (this.#depth > DEEPEST) {
      throw new WhereError("The expression is nested too deep", {
        at: this.#token.at,
        hint: `At most ${DEEPEST} parentheses and nots may stand in each other.`,
      });
    }
    const inner = parse();
    this.#depth -= 1;
    return inner;
  }

  #comparison(): Condition {
    const left = this.#operand();
    const { kind, text } = this.#token;
    if (kind === "sign" && signs.has(text)) {
      this.#next += 1;
      return {
        kind: "compare",
        sign: (text === "==" ? "=" : text) as ComparisonSign,
        left,
        right: this.#operand(),
      };
    }
    if (this.#takes("word", "not")) {
      this.#demand("in");
      return { kind: "not", of: { kind: "in", value: left, list: this.#list() } };
    }
    if (this.#takes("word", "in")) {
      return { kind: "in", value: left, list: this.#list() };
    }
    if (this.#takes("word", "contains")) {
      return { kind: "contains", value: left, text: this.#operand() };
    }
    if (this.#takes("word", "matches")) {
      return { kind: "matches", value: left, pattern: this.#pattern() };
    }
    throw this.#unexpected(`one of ${operators.join(" ")}`);
  }

  #list(): Operand[] {
    this.#demand("[");
    const list = [this.#operand()];
    while (this.#takes("sign", ",")) {
      list.push(this.#operand());
    }
    this.#demand("]");
    return list;
  }

  #pattern(): ReturnType<typeof compilePattern> {
    const { kind, text, at } = this.#token;
    if (kind !== "text") {
      throw this.#unexpected("a pattern in quotes");
    }
    this.#next += 1;
    try {
      return compilePattern(text);
    } catch (error) {
      throw error instanceof WhereError
        ? new WhereError(error.message, { at: at + 1 + error.at, hint: error.hint })
        : error;
    }
  }

  #operand(): Operand {
    const { kind, text } = this.#token;
    const isLiteral = kind === "word" && literals.has(text);
    if (kind === "sign" || kind === "end" || (kind === "word" && reserved.has(text))) {
      throw this.#unexpected("a field or a value");
    }
    const fact = kind === "word" && text.startsWith("@") ? this.#fact(text) : text;
    this.#next += 1;
    if (isLiteral) {
      return { kind: "literal", value: literals.get(text)! };
    }
    if (kind === "number" || kind === "text") {
      return { kind: "literal", value: kind === "number" ? Number(text) : text };
    }
    if (!(kind === "word" && fact.startsWith("@"))) {
      this.fields.add(fact);
    }
    return { kind: "field", name: fact };
  }

  #fact(name: string): string {
    if ((pairFacts as readonly string[]).includes(name)) {
      return name;
    }
    const [near] = closestNames(name, pairFacts, 1);
    throw new WhereError(`There is no ${name}`, {
      at: this.#token.at,
      hint: near === undefined ? `There are ${pairFacts.join(", ")}.` : `Did you mean ${near}?`,
    });
  }

  #takes(kind: WhereToken["kind"], text: string): boolean {
    const takes = this.#token.kind === kind && this.#token.text === text;
    this.#next += takes ? 1 : 0;
    return takes;
  }

  #demand(text: string): void {
    if (!this.#takes("sign", text) && !this.#takes("word", text)) {
      throw this.#unexpected(text);
    }
  }

  #unexpected(expected: string): WhereError {
    const { kind, text, at } = this.#token;
    const found = kind === "end" ? "the end" : text;
    return new WhereError(`Expected ${expected}, found ${found}`, {
      at,
      hint: "For instance: score >= 4 and lang in ['en', 'de'] and not text contains 'http'",
    });
  }
}
