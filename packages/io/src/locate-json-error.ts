import { isJsonSpace } from "./json-cursor.ts";

/** Where and why a text is not JSON. */
export interface JsonSyntaxProblem {
  /** In UTF-16 code units from the start. */
  offset: number;
  /** What could stand there: completes "expected …". */
  expected: string;
  /** What stands there, or `the end of the text`. */
  found: string;
}

/**
 * Finds the first place where a text stops being JSON (https://datatracker.ietf.org/doc/html/rfc8259), or
 * undefined if it is JSON: exactly when `JSON.parse` throws. The messages of engines differ and many of them give
 * no place. Nesting of any depth is followed without recursion.
 */
export function locateJsonError(text: string): JsonSyntaxProblem | undefined {
  const problem = scan(text);
  return problem === undefined ? undefined : { ...problem, found: foundAt(text, problem.offset) };
}

type Problem = Omit<JsonSyntaxProblem, "found">;

/** What is wrong at a place, or the index behind what is right. */
type Step = Problem | number;

const array = 1;
const object = 2;

/** What may come next. */
type State = "value" | "first item" | "first key" | "key" | "colon" | "after";

const expectations: Record<Exclude<State, "after">, string> = {
  value: "a value",
  "first item": 'a value or "]"',
  "first key": 'a property name in double quotes or "}"',
  key: "a property name in double quotes",
  colon: '":" after the property name',
};

function scan(text: string): Problem | undefined {
  const open = createStack();
  let state: State = "value";
  let at = 0;
  while (true) {
    while (isJsonSpace(text.charCodeAt(at))) {
      at += 1;
    }
    const character = text[at];
    if (state === "after" && open.top() === 0) {
      return character === undefined ? undefined : { offset: at, expected: "the end of the text" };
    }
    if (closes(character, state, open.top())) {
      open.pop();
      state = "after";
      at += 1;
    } else if (character === "{" && takesValue(state)) {
      open.push(object);
      state = "first key";
      at += 1;
    } else if (character === "[" && takesValue(state)) {
      open.push(array);
      state = "first item";
      at += 1;
    } else {
      const step = scanToken(text, at, state, open.top());
      if (typeof step !== "number") {
        return step;
      }
      at = step;
      state = stateAfterToken(state, open.top());
    }
  }
}

function takesValue(state: State): boolean {
  return state === "value" || state === "first item";
}

function closes(character: string | undefined, state: State, container: number): boolean {
  return container === array
    ? character === "]" && (state === "after" || state === "first item")
    : character === "}" && container === object && (state === "after" || state === "first key");
}

function stateAfterToken(state: State, container: number): State {
  switch (state) {
    case "after":
      return container === object ? "key" : "value";
    case "colon":
      return "value";
    case "key":
    case "first key":
      return "colon";
    default:
      return "after";
  }
}

function scanToken(text: string, at: number, state: State, container: number): Step {
  const character = text[at];
  switch (state) {
    case "after": {
      const expected = container === object ? '"," or "}"' : '"," or "]"';
      return character === "," ? at + 1 : { offset: at, expected };
    }
    case "colon":
      return character === ":" ? at + 1 : { offset: at, expected: expectations.colon };
    case "key":
    case "first key":
      return character === '"' ? scanString(text, at) : { offset: at, expected: expectations[state] };
    default:
      return scanScalar(text, at) ?? { offset: at, expected: expectations[state] };
  }
}

function scanScalar(text: string, at: number): Step | undefined {
  const unit = text.charCodeAt(at);
  if (unit === 0x22) {
    return scanString(text, at);
  }
  if (unit === 0x2d || isDigit(unit)) {
    return scanNumber(text, at);
  }
  const word = ["true", "false", "null"].find((one) => text.startsWith(one, at));
  return word === undefined ? undefined : at + word.length;
}

function scanString(text: string, start: number): Step {
  for (let at = start + 1; at < text.length; ) {
    const unit = text.charCodeAt(at);
    if (unit === 0x22) {
      return at + 1;
    }
    if (unit < 0x20) {
      return { offset: at, expected: "an escape in place of the control character" };
    }
    const step = unit === 0x5c ? scanEscape(text, at) : at + 1;
    if (typeof step !== "number") {
      return step;
    }
    at = step;
  }
  return { offset: text.length, expected: `the closing quote of the string` };
}

function scanEscape(text: string, at: number): Step {
  const letter = text[at + 1];
  if (letter !== "u") {
    return letter !== undefined && '"\\/bfnrt'.includes(letter)
      ? at + 2
      : { offset: at + 1, expected: 'one of " \\ / b f n r t u after the backslash' };
  }
  for (let digit = at + 2; digit < at + 6; digit += 1) {
    if (!/[0-9a-f]/iu.test(text[digit] ?? "")) {
      return { offset: digit, expected: "four hexadecimal digits after \\u" };
    }
  }
  return at + 6;
}

function scanNumber(text: string, start: number): Step {
  let at = text[start] === "-" ? start + 1 : start;
  const digits = (): boolean => {
    const first = at;
    while (isDigit(text.charCodeAt(at))) {
      at += 1;
    }
    return at > first;
  };
  if (text[at] === "0") {
    at += 1;
  } else if (!digits()) {
    return { offset: at, expected: "a digit" };
  }
  if (text[at] === ".") {
    at += 1;
    if (!digits()) {
      return { offset: at, expected: "a digit after the point" };
    }
  }
  if (text[at] === "e" || text[at] === "E") {
    at += text[at + 1] === "+" || text[at + 1] === "-" ? 2 : 1;
    if (!digits()) {
      return { offset: at, expected: "a digit of the exponent" };
    }
  }
  return at;
}

function isDigit(unit: number): boolean {
  return unit >= 0x30 && unit <= 0x39;
}

/** The word that stands at a place, as `NaN` or `True` say more than their first letter; else the character. */
function foundAt(text: string, offset: number): string {
  if (offset >= text.length) {
    return "the end of the text";
  }
  const word = /^[\p{L}_]{2,20}/u.exec(text.slice(offset, offset + 20));
  return word === null ? String.fromCodePoint(text.codePointAt(offset)!) : word[0];
}

interface Stack {
  /** What is open innermost; 0 where nothing is. */
  top(): number;
  push(kind: number): void;
  pop(): void;
}

/** A byte for each open container: nesting of any depth takes no more memory than the text. */
function createStack(): Stack {
  let kinds = new Uint8Array(64);
  let depth = 0;
  return {
    top: () => (depth === 0 ? 0 : kinds[depth - 1]!),
    push(kind) {
      if (depth === kinds.length) {
        const larger = new Uint8Array(depth * 2);
        larger.set(kinds);
        kinds = larger;
      }
      kinds[depth] = kind;
      depth += 1;
    },
    pop() {
      depth -= 1;
    },
  };
}
