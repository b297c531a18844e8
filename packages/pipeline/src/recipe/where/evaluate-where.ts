import { patternMatches } from "./pattern.ts";
import type { ComparisonSign, Condition, FieldValue, Operand } from "./where.ts";

/** The value of a field, or of a fact such as `@margin`, of the pair that is looked at. */
export type FieldOf = (name: string) => FieldValue;

/**
 * Whether a condition holds.
 *
 * - A field that a record does not have, or that is empty, equals `null` and nothing else.
 * - Beside a number a text counts as the number it spells (`"4"` is 4); what spells none is neither equal, less nor more.
 * - Beside a text everything counts as text, which is ordered by its UTF-16 code units.
 */
export function whereHolds(condition: Condition, fieldOf: FieldOf): boolean {
  switch (condition.kind) {
    case "and":
      return condition.parts.every((part) => whereHolds(part, fieldOf));
    case "or":
      return condition.parts.some((part) => whereHolds(part, fieldOf));
    case "not":
      return !whereHolds(condition.of, fieldOf);
    case "compare": {
      const [left, right] = [read(condition.left, fieldOf), read(condition.right, fieldOf)];
      return compares(left, condition.sign, right);
    }
    case "in": {
      const value = read(condition.value, fieldOf);
      return condition.list.some((member) => compares(value, "=", read(member, fieldOf)));
    }
    case "contains":
      return textOf(read(condition.value, fieldOf)).includes(textOf(read(condition.text, fieldOf)));
    case "matches":
      return patternMatches(condition.pattern, textOf(read(condition.value, fieldOf)));
  }
}

function read(operand: Operand, fieldOf: FieldOf): FieldValue {
  return operand.kind === "literal" ? operand.value : fieldOf(operand.name);
}

function compares(left: FieldValue, sign: ComparisonSign, right: FieldValue): boolean {
  if (sign === "!=") {
    return !compares(left, "=", right);
  }
  if (isNothing(left) || isNothing(right)) {
    return sign === "=" && isNothing(left) && isNothing(right);
  }
  const areNumbers = typeof left === "number" || typeof right === "number";
  return areNumbers
    ? inOrder(numberOf(left), sign, numberOf(right))
    : inOrder(textOf(left), sign, textOf(right));
}

/** Comparisons with NaN are all false. */
function inOrder<T extends string | number>(left: T, sign: Exclude<ComparisonSign, "!=">, right: T): boolean {
  switch (sign) {
    case "=":
      return left === right;
    case "<":
      return left < right;
    case "<=":
      return left <= right;
    case ">":
      return left > right;
    case ">=":
      return left >= right;
  }
}

function isNothing(value: FieldValue): boolean {
  return value === undefined || value === null || value === "";
}

function numberOf(value: FieldValue): number {
  if (typeof value === "string") {
    return /^\s*[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?\s*$/iu.test(value) ? Number(value) : Number.NaN;
  }
  return typeof value === "number" ? value : Number.NaN;
}

function textOf(value: FieldValue): string {
  return value === undefined || value === null ? "" : String(value);
}
