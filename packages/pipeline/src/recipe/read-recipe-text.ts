import { createIssue, type Issue } from "@dpo-kit/schema";
import {
  type Alias,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  type Pair,
  parseDocument,
  type Scalar,
} from "yaml";
import { expandVariables, type Variables } from "./expand-variables.ts";
import type { RecipeNode, RecipePlace } from "./recipe-text.ts";

/** Far more than a recipe needs. What is larger is refused before the parser sees it, which may take it badly. */
const LARGEST = 256 * 1024;
const DEEPEST = 20;
/** Aliases count each time they are used, so that they cannot multiply. */
const MOST_NODES = 20_000;
const MOST_ISSUES = 50;

/** What decides how a recipe is read. */
export interface ReadRecipeOptions {
  /** The name of the file, for locations. */
  readonly source: string;
  readonly variables: Variables;
}

/** A recipe as values with their places, and what is wrong with it as YAML. */
export interface RecipeText {
  /** Absent where it is no YAML. */
  readonly root?: RecipeNode;
  readonly issues: readonly Issue[];
  /** Each text that a variable is a part of, by what became of it. */
  readonly expanded: ReadonlyMap<string, string>;
  /** The values of the variables that are set, by their names. */
  readonly variables: ReadonlyMap<string, string>;
}

/** Reads the YAML of a recipe. What is wrong is told all at once, each with its line and column. */
export function readRecipeText(text: string, options: ReadRecipeOptions): RecipeText {
  const unsafe = findUnsafe(text);
  if (unsafe !== undefined) {
    const { message, ...place } = unsafe;
    const location = { source: options.source, ...place };
    return {
      issues: [createIssue("RECIPE_SYNTAX", { location, message })],
      expanded: new Map(),
      variables: new Map(),
    };
  }
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, uniqueKeys: false });
  const reader = new Reader({ text, lines, ...options });
  if (document.errors.length > 0) {
    for (const { code, message, pos } of document.errors.slice(0, MOST_ISSUES)) {
      const isSecond = code === "MULTIPLE_DOCS";
      const told = isSecond ? "Another document begins here; a recipe is a single one" : message;
      reader.report(pos[0], "RECIPE_SYNTAX", { message: told });
    }
    return { issues: reader.issues, expanded: reader.expanded, variables: reader.variables };
  }
  const root = reader.read(document.contents, 0);
  return { root, issues: reader.issues, expanded: reader.expanded, variables: reader.variables };
}

/** What would make the parser use too much time, memory or stack. */
function findUnsafe(text: string): (RecipePlace & { message: string }) | undefined {
  if (text.length > LARGEST) {
    return { line: 1, column: 1, message: `The recipe is larger than ${LARGEST / 1024} KiB` };
  }
  let depth = 0;
  for (const [index, line] of text.split("\n").entries()) {
    if (/^[\s?:-]{200}/u.test(line)) {
      return { line: index + 1, column: 200, message: "The recipe is indented deeper than 200 columns" };
    }
    // What stands in quotes is no bracket. What that hides, the parser refuses, though later.
    const bare = line.replace(/'[^']*'|"[^"]*"/gu, (quoted) => " ".repeat(quoted.length));
    for (let column = 0; column < bare.length; column += 1) {
      depth = Math.max(0, depth + bracketDepth(bare[column]!));
      if (depth > 100) {
        return { line: index + 1, column: column + 1, message: "More than 100 brackets are open" };
      }
    }
  }
  return undefined;
}

function bracketDepth(sign: string): number {
  return "[{".includes(sign) ? 1 : "]}".includes(sign) ? -1 : 0;
}

interface ReaderOptions extends ReadRecipeOptions {
  readonly text: string;
  readonly lines: LineCounter;
}

class Reader {
  readonly issues: Issue[] = [];
  readonly expanded = new Map<string, string>();
  readonly variables = new Map<string, string>();
  readonly #anchors = new Map<string, Node>();
  readonly #options: ReaderOptions;
  #nodes = 0;

  constructor(options: ReaderOptions) {
    this.#options = options;
  }

  read(node: unknown, depth: number): RecipeNode {
    const [at] = (node as Node | null | undefined)?.range ?? [0];
    this.#nodes += 1;
    if (this.#nodes === MOST_NODES || (depth > DEEPEST && this.#nodes < MOST_NODES)) {
      const message = depth > DEEPEST ? "The recipe is nested too deep" : "The recipe is too large";
      this.report(at, "RECIPE_SYNTAX", { message, hint: "Anchors and aliases may have multiplied it." });
    }
    if (this.#nodes >= MOST_NODES || depth > DEEPEST) {
      return this.#leaf(null, at);
    }
    this.#remember(node as Node | null | undefined);
    if (isAlias(node)) {
      return this.#readAlias(node, depth);
    }
    if (isMap(node)) {
      return this.#readMap(node.items, at, depth);
    }
    if (isSeq(node)) {
      return this.#readList(node.items, at, depth);
    }
    return isScalar(node) ? this.#readScalar(node, at) : this.#leaf(null, at);
  }

  report(
    at: number,
    code: "RECIPE_SYNTAX" | "RECIPE_VARIABLE_MISSING" | "RECIPE_VALUE_INVALID",
    details: { message: string; hint?: string },
  ): void {
    const location = { source: this.#options.source, ...this.#placeAt(at) };
    this.issues.push(createIssue(code, { location, ...details }));
  }

  #placeAt(offset: number): RecipePlace {
    const { line, col } = this.#options.lines.linePos(offset);
    return { line: Math.max(1, line), column: Math.max(1, col) };
  }

  /** Anchors come before their aliases; the last of a name counts. */
  #remember(node: Node | null | undefined): void {
    if (node && "anchor" in node && typeof node.anchor === "string") {
      this.#anchors.set(node.anchor, node);
    }
  }

  #leaf(value: unknown, at: number): RecipeNode {
    return { value, asWritten: value, place: this.#placeAt(at), members: new Map() };
  }

  #readAlias(alias: Alias, depth: number): RecipeNode {
    const found = this.#anchors.get(alias.source);
    if (found === undefined) {
      const at = alias.range?.[0] ?? 0;
      this.report(at, "RECIPE_SYNTAX", { message: `There is no anchor &${alias.source}` });
      return this.#leaf(null, at);
    }
    return this.read(found, depth + 1);
  }

  #readMap(items: readonly Pair[], at: number, depth: number): RecipeNode {
    const value: Record<string, unknown> = Object.create(null);
    const asWritten: Record<string, unknown> = Object.create(null);
    const members = new Map<string, { keyPlace: RecipePlace; node: RecipeNode }>();
    for (const { key, value: inner } of items) {
      const [keyAt] = (key as Node | null)?.range ?? [at];
      const name = isScalar(key) ? String(key.value) : undefined;
      if (name === undefined || members.has(name)) {
        const message = name === undefined ? "A key is no text" : `The key ${name} is there twice`;
        this.report(keyAt, "RECIPE_SYNTAX", { message });
        continue;
      }
      const node = this.read(inner, depth + 1);
      members.set(name, { keyPlace: this.#placeAt(keyAt), node });
      value[name] = node.value;
      asWritten[name] = node.asWritten;
    }
    return { value, asWritten, place: this.#placeAt(at), members };
  }

  #readList(items: readonly unknown[], at: number, depth: number): RecipeNode {
    const nodes = items.map((item) => this.read(item, depth + 1));
    return {
      value: nodes.map((node) => node.value),
      asWritten: nodes.map((node) => node.asWritten),
      place: this.#placeAt(at),
      members: new Map(nodes.map((node, index) => [String(index), { keyPlace: node.place, node }])),
    };
  }

  #readScalar(scalar: Scalar, at: number): RecipeNode {
    const leaf = this.#leaf(scalar.value, at);
    if (typeof scalar.value !== "string") {
      return leaf;
    }
    const written = scalar.value;
    const { text, missing, malformed, used } = expandVariables(written, this.#options.variables);
    for (const name of missing) {
      this.report(at, "RECIPE_VARIABLE_MISSING", { message: `The variable ${name} is not set` });
    }
    for (const piece of malformed) {
      const hint = `Write \${NAME} or \${NAME:-default}; $\${ stands for the characters themselves.`;
      this.report(at, "RECIPE_VALUE_INVALID", { message: `${piece} is no variable`, hint });
    }
    for (const [name, value] of used) {
      this.variables.set(name, value);
    }
    if (text !== written) {
      this.expanded.set(text, written);
      return { ...leaf, value: text };
    }
    return { ...leaf, ...this.#textPlaceOf(written, at) };
  }

  /** A text that is folded, or has escapes, does not stand in the file as it is. */
  #textPlaceOf(text: string, at: number): { textPlace?: RecipePlace } {
    const start = "'\"".includes(this.#options.text[at] ?? " ") ? at + 1 : at;
    return this.#options.text.startsWith(text, start) ? { textPlace: this.#placeAt(start) } : {};
  }
}
