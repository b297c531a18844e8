import type { JsonObject } from "@dpo-kit/schema";
import type { Marks } from "../candidates/answer-columns.ts";
import { findColumnName, ownMember } from "../candidates/member.ts";
import type { VerdictMapping } from "../mapping-options.ts";
import { findKnownVerdict, findMarked, findScores, type VerdictPlace } from "./known-verdicts.ts";
import { countReadings, understands } from "./read-verdict.ts";
import { isNoVerdict, verdictNumber, verdictText } from "./side.ts";
import { formatVerdictFlag } from "./verdict-flag.ts";
import { codesOf, type VerdictRule } from "./verdict-rule.ts";

/** Where the verdict is, or what must be asked. */
export type VerdictFinding =
  | { readonly kind: "found"; readonly rule: VerdictRule }
  | {
      readonly kind: "unclear";
      readonly columns: readonly string[];
      readonly message: string;
      readonly flags: readonly string[];
    }
  | { readonly kind: "missing" };

/** What verdict columns are called. */
export const verdictNames: readonly string[] = [
  "winner",
  "preference",
  "better_response_id",
  "safer_response_id",
  "orig_preference",
  "choice",
  "label",
  "labels",
  "preferred",
  "chosen",
  "win",
  "better",
  "verdict",
  "judgment",
  "judgement",
  "selected",
  "evaluation_result",
  "result",
];

/**
 * Finds who tells the winner of two answers. The direction is taken from column names that mean one thing, or
 * from values that name an answer by the mark its column bears: 0 and 1 beside `response_0` and `response_1`,
 * `model_a` beside `response_a`. Everything else is unclear, and so are two columns that could be meant.
 */
export function findVerdict(place: VerdictPlace, given?: VerdictMapping | undefined): VerdictFinding {
  if (given !== undefined) {
    return findGiven(place, given);
  }
  const known = findKnownVerdict(place);
  if (known !== undefined) {
    return { kind: "found", rule: known };
  }
  const named = verdictNames.flatMap((name) => findColumnName(place.columns, [name]) ?? []);
  const stated = named.flatMap((column) => findStated(column, place) ?? []);
  if (stated.length > 1) {
    return severalVerdicts(stated, place.rows);
  }
  const asked = named.filter((column) => isJudging(column, place));
  const found = stated[0] ?? (asked.length === 0 ? scoresOf(place) : undefined);
  return found === undefined ? unclear(asked, place) : { kind: "found", rule: found };
}

function scoresOf(place: VerdictPlace): VerdictRule | undefined {
  const scores = findScores(place);
  return scores !== undefined && understands(scores, place.rows) ? scores : undefined;
}

/** What a column says by itself: it names the winner, or gives the number that its column bears. */
function findStated(column: string, { columns, answers, rows }: VerdictPlace): VerdictRule | undefined {
  const models = findMarked(columns, answers, ["model_#", "generator_#", "@_#_model", "@_#_source"]);
  const byName = {
    kind: "name",
    columns: [column],
    models,
    answers,
    why: `${column} names the winner`,
  } as const;
  if (understands(byName, rows)) {
    return byName;
  }
  const [one, other] = answers.marks;
  if (one === "a") {
    return undefined;
  }
  const codes = codesOf({ [one]: "first", [other]: "second" });
  const why = `${column} is ${one} or ${other}, as the answers are numbered`;
  const byIndex = { kind: "codes", columns: [column], codes, why } as const;
  const isCounted = one === "0" || areBothSeen(column, [one, other], rows);
  return isCounted && understands(byIndex, rows) ? byIndex : undefined;
}

/**
 * Whether both numbers occur. 1 alone may be the first, or the second where a label counts from 0; 2 alone may be the
 * second, or a tie (Auto-J, https://github.com/GAIR-NLP/auto-j: 0, 1 and 2 beside "response 1" and "response 2").
 */
function areBothSeen(column: string, marks: Marks, rows: readonly JsonObject[]): boolean {
  const texts = new Set(rows.map((row) => verdictText(ownMember(row, column))));
  return marks.every((mark) => texts.has(mark));
}

function findGiven(place: VerdictPlace, { column, meanings }: VerdictMapping): VerdictFinding {
  const exact = findColumnName(place.columns, [column]);
  const names = exact === undefined ? column.split("+").map((name) => name.trim()) : [exact];
  const columns = names.map((name) => findColumnName(place.columns, [name]));
  if (columns.includes(undefined)) {
    const message = `--verdict names a column that is not there: ${column}`;
    return { kind: "unclear", columns: [], message, flags: [] };
  }
  const rules = (columns as string[]).map((name) =>
    meanings === undefined ? findLone(name, place) : byMeanings(name, meanings),
  );
  const missing = rules.indexOf(undefined);
  if (missing !== -1) {
    return unclear([columns[missing]!], place);
  }
  const [first] = rules as VerdictRule[];
  const why = `${columns.join(" and ")} agree`;
  const rule: VerdictRule =
    rules.length === 1
      ? first!
      : { kind: "agreement", columns: columns as string[], rules: rules as VerdictRule[], why };
  return { kind: "found", rule };
}

function byMeanings(column: string, meanings: NonNullable<VerdictMapping["meanings"]>): VerdictRule {
  return {
    kind: "codes",
    columns: [column],
    codes: codesOf(meanings),
    why: `--verdict says what ${column} means`,
  };
}

/** A column by its own rules, as if it were the only verdict. */
function findLone(column: string, place: VerdictPlace): VerdictRule | undefined {
  const known = findKnownVerdict(place);
  return known?.columns.includes(column) ? known : findStated(column, place);
}

function severalVerdicts(stated: readonly VerdictRule[], rows: readonly JsonObject[]): VerdictFinding {
  const counted = stated.map((rule) => `${rule.columns[0]}: ${formatCounts(rule, rows)}`);
  const names = stated.flatMap(({ columns }) => columns);
  return {
    kind: "unclear",
    columns: names,
    message: `There are ${stated.length} verdicts (${counted.join("; ")}): which of them is meant?`,
    flags: [...names, names.join("+")],
  };
}

/** Whether a column that is no verdict by itself may be one: it has few values that are no texts. */
function isJudging(column: string, { rows }: VerdictPlace): boolean {
  const values = rows.map((row) => ownMember(row, column)).filter((value) => !isNoVerdict(value));
  const texts = new Set(values.map(verdictText));
  return values.length > 0 && texts.size <= 9 && values.every((value) => typeof value !== "object");
}

function unclear(columns: readonly string[], { answers, rows }: VerdictPlace): VerdictFinding {
  const [column] = columns;
  if (column === undefined) {
    return { kind: "missing" };
  }
  const flags = readingsOf(column, answers.marks, rows);
  const counted = flags.map((meanings) => {
    const rule = byMeanings(column, meanings);
    return `${formatVerdictFlag({ column, meanings })} gives ${formatCounts(rule, rows)}`;
  });
  return {
    kind: "unclear",
    columns: [column],
    message: `Nothing says what the values of ${column} mean: ${counted.join("; ")}`,
    flags: flags.map((meanings) => formatVerdictFlag({ column, meanings })),
  };
}

type Meanings = NonNullable<VerdictMapping["meanings"]>;

/** The readings that are in use for such values, both ways round. */
function readingsOf(column: string, [mark]: Marks, rows: readonly JsonObject[]): Meanings[] {
  const values = rows.map((row) => ownMember(row, column)).filter((value) => !isNoVerdict(value));
  const texts = [...new Set(values.map(verdictText))].sort();
  const numbers = texts.map(verdictNumber);
  if (numbers.some((number) => number !== undefined && (number < 0 || !Number.isInteger(number)))) {
    return [
      { "<0": "first", ">0": "second", "0": "tie" },
      { ">0": "first", "<0": "second", "0": "tie" },
    ];
  }
  const isEither = texts.length === 3 || (texts.length === 1 && mark === "1");
  if (isEither && texts.every((text) => ["0", "1", "2"].includes(text))) {
    return [
      { "0": "first", "1": "second", "2": "tie" },
      { "1": "first", "2": "second", "0": "tie" },
    ];
  }
  const [one = "", other, ...rest] = texts;
  if (other === undefined) {
    return [{ [one]: "first" }, { [one]: "second" }];
  }
  const ties = Object.fromEntries(rest.map((text) => [text, "tie" as const]));
  return [
    { [one]: "first", [other]: "second", ...ties },
    { [other]: "first", [one]: "second", ...ties },
  ];
}

function formatCounts(rule: VerdictRule, rows: readonly JsonObject[]): string {
  const counts = countReadings(rows, rule);
  return (["first", "second", "tie"] as const).map((side) => `${side} ${counts[side]}`).join(", ");
}
