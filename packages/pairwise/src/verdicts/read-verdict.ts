import type { JsonObject, JsonValue } from "@dpo-kit/schema";
import { ownMember } from "../candidates/member.ts";
import { isNoVerdict, type Reading, type Side, verdictNumber, verdictText } from "./side.ts";
import { readSideName } from "./side-names.ts";
import type { VerdictCode, VerdictRule } from "./verdict-rule.ts";

/** What one row's verdict is, and how the two answers stand where it says so in numbers. */
export interface Judgement {
  readonly reading: Reading;
  /** Higher is better; the difference is the margin. */
  readonly standing?: readonly [first: number, second: number];
}

/** Who won in a row, by a rule. */
export function readVerdict(row: JsonObject, rule: VerdictRule): Judgement {
  const values = rule.columns.map((column) => ownMember(row, column));
  switch (rule.kind) {
    case "codes":
      return rule.columns.length === 1
        ? { reading: readCode(values[0], rule.codes) }
        : majority(values.map((value) => readCode(value, rule.codes)));
    case "agreement":
      return { reading: agreement(rule.rules.map((each) => readVerdict(row, each).reading)) };
    case "one-hot":
      return { reading: readOneHot(values) };
    case "name":
      return { reading: readName(row, values[0], rule) };
    case "strength":
      return readStrength(values[0]);
    case "soft":
      return readSoft(values[0]);
    case "numbers":
      return readNumbers(values[0], values[1]);
  }
}

/** How often a rule gives each reading. */
export function countReadings(rows: readonly JsonObject[], rule: VerdictRule): Record<Reading, number> {
  const counts = { first: 0, second: 0, tie: 0, none: 0, unknown: 0 };
  for (const row of rows) {
    counts[readVerdict(row, rule).reading] += 1;
  }
  return counts;
}

/** Kinds whose values speak for themselves: some that are garbled do not change what the others say. */
const selfEvident: ReadonlySet<VerdictRule["kind"]> = new Set(["name", "one-hot", "strength", "numbers"]);

/**
 * Whether the rows bear a rule out: it judges at least one and understands every value, or, where values speak for
 * themselves, all but a few. Codes must all be understood: a rare third number may change what the others mean.
 */
export function understands(rule: VerdictRule, rows: readonly JsonObject[]): boolean {
  const { unknown, none } = countReadings(rows, rule);
  const judged = rows.length - none - unknown;
  return judged > 0 && (unknown === 0 || (selfEvident.has(rule.kind) && unknown * 10 <= judged));
}

function readCode(value: JsonValue | undefined, codes: readonly VerdictCode[]): Reading {
  const text = verdictText(value).toLowerCase();
  const number = verdictNumber(value);
  const found = codes.find((code) => isCode(code.value, text, number));
  return found?.side ?? (isNoVerdict(value) ? "none" : "unknown");
}

function isCode(code: string, text: string, number: number | undefined): boolean {
  if (code.toLowerCase() === text) {
    return true;
  }
  const bound = /^[<>]/u.test(code) ? verdictNumber(code.slice(1)) : undefined;
  if (bound === undefined || number === undefined) {
    return false;
  }
  return code.startsWith("<") ? number < bound : number > bound;
}

/** What most judges say. Two sides of equal number are a tie, and so are ties that outnumber both. */
function majority(readings: readonly Reading[]): Judgement {
  if (readings.includes("unknown")) {
    return { reading: "unknown" };
  }
  const count = (side: Reading): number => readings.filter((reading) => reading === side).length;
  const [first, second, tie] = [count("first"), count("second"), count("tie")];
  if (first + second + tie === 0) {
    return { reading: "none" };
  }
  const isTie = first === second || tie > Math.max(first, second);
  return { reading: isTie ? "tie" : bySign(first - second), standing: [first, second] };
}

/** What all say; a tie where they differ. */
function agreement(readings: readonly Reading[]): Reading {
  const [one] = readings;
  if (readings.includes("unknown") || readings.includes("none")) {
    return readings.includes("unknown") ? "unknown" : "none";
  }
  return readings.every((reading) => reading === one) ? one! : "tie";
}

const oneHotSides: readonly Side[] = ["first", "second", "tie"];

function readOneHot(values: readonly (JsonValue | undefined)[]): Reading {
  const set = values.map(isSet);
  if (set.includes(undefined)) {
    return "unknown";
  }
  const sides = oneHotSides.filter((_, index) => set[index] === true);
  return sides.length === 0 ? "none" : sides.length === 1 ? sides[0]! : "unknown";
}

function isSet(value: JsonValue | undefined): boolean | undefined {
  const text = verdictText(value).toLowerCase();
  if (text === "1" || text === "true") {
    return true;
  }
  return text === "0" || text === "false" || isNoVerdict(value) ? false : undefined;
}

function readName(
  row: JsonObject,
  value: JsonValue | undefined,
  { models, answers }: VerdictRule & { kind: "name" },
): Reading {
  if (typeof value !== "string") {
    return isNoVerdict(value) ? "none" : "unknown";
  }
  const [one, other] = models.map(
    (name) => name !== undefined && value.trim() !== "" && ownMember(row, name) === value,
  );
  return one === other ? readSideName(value, answers) : one ? "first" : "second";
}

function readStrength(value: JsonValue | undefined): Judgement {
  const strength = verdictNumber(value);
  if (strength === undefined) {
    return { reading: isNoVerdict(value) ? "none" : "unknown" };
  }
  return { reading: bySign(-strength), standing: strength < 0 ? [-strength, 0] : [0, strength] };
}

function readSoft(value: JsonValue | undefined): Judgement {
  const number = verdictNumber(value);
  if (number === undefined) {
    return { reading: isNoVerdict(value) ? "none" : "unknown" };
  }
  if (number === 0) {
    return { reading: "tie" };
  }
  const isInside = number >= 1 && number <= 2;
  return isInside
    ? { reading: bySign(1.5 - number), standing: [2 - number, number - 1] }
    : { reading: "unknown" };
}

function readNumbers(one: JsonValue | undefined, other: JsonValue | undefined): Judgement {
  const [first, second] = [verdictNumber(one), verdictNumber(other)];
  if (first === undefined || second === undefined) {
    const isGarbled = [one, other].some((each) => verdictNumber(each) === undefined && !isNoVerdict(each));
    return { reading: isGarbled ? "unknown" : "none" };
  }
  return { reading: bySign(first - second), standing: [first, second] };
}

function bySign(difference: number): Side {
  return difference === 0 ? "tie" : difference > 0 ? "first" : "second";
}
