import { findColumns, normaliseColumnName } from "@dpo-kit/preference";
import type { JsonObject, JsonValue } from "@dpo-kit/schema";
import { areReferences } from "./answer-references.ts";
import type { PairwiseMappingOptions } from "./mapping-options.ts";
import { member } from "./row-reader.ts";
import { type ColumnSummary, columnNamed, kindOf, type RowSample, type ValueKind } from "./row-sample.ts";
import type { ColumnMapping } from "./shape.ts";

/** The columns of the better and the worse answer, found by their names or named by the user. */
export interface NamedAnswers {
  readonly preferred: ColumnSummary;
  readonly nonPreferred: ColumnSummary;
}

/** Kinds of values that can be one answer. */
const answerKinds: ReadonlySet<ValueKind> = new Set([
  "text",
  "message",
  "messages",
  "messages-text",
  "turns",
  "object",
  "number",
  "boolean",
]);

/**
 * Finds a named better and worse answer, where both columns hold answers; undefined where there are none. Columns that
 * the user names are answers whatever they look like.
 */
export function findNamedAnswers(
  sample: RowSample,
  options: PairwiseMappingOptions,
): NamedAnswers | undefined {
  const found = findNamedColumns(sample, options);
  if (found === undefined || onlyRefer(sample, found, options)) {
    return undefined;
  }
  const { preferred, nonPreferred } = found;
  return [preferred, nonPreferred].every((column) => holdsAnswers(column, sample)) ? found : undefined;
}

/** Whether rows have columns that are named as better and worse, and only tell where those answers stand. */
export function onlyNamesAnswers(sample: RowSample, options: PairwiseMappingOptions): boolean {
  const found = findNamedColumns(sample, options);
  return found !== undefined && onlyRefer(sample, found, options);
}

function findNamedColumns(sample: RowSample, { columns }: PairwiseMappingOptions): NamedAnswers | undefined {
  const { preferred, nonPreferred } = columns ?? {};
  const headers = sample.columns.map(({ name }) => name);
  const found = findColumns(headers, { preferred, nonPreferred });
  if (found.preferred.kind !== "found" || found.nonPreferred.kind !== "found") {
    return undefined;
  }
  return {
    preferred: columnNamed(sample, found.preferred.column.name)!,
    nonPreferred: columnNamed(sample, found.nonPreferred.column.name)!,
  };
}

function onlyRefer(
  sample: RowSample,
  { preferred, nonPreferred }: NamedAnswers,
  { columns }: PairwiseMappingOptions,
): boolean {
  const isGiven = typeof columns?.preferred === "string" && typeof columns.nonPreferred === "string";
  return !isGiven && areReferences(sample, preferred.name, nonPreferred.name);
}

/** A list of texts is one answer only where no list has more than one. */
function holdsAnswers({ name, kind }: ColumnSummary, { rows }: RowSample): boolean {
  if (kind !== "texts") {
    return kind !== undefined && answerKinds.has(kind);
  }
  return rows.every((row) => {
    const value = member(row, name);
    return !Array.isArray(value) || value.length <= 1;
  });
}

/** Whether a row has both columns; what they hold is for the reading to judge. */
export function hasColumns(row: JsonObject, ...columns: readonly (string | undefined)[]): boolean {
  return columns.every((column) => column !== undefined && Object.hasOwn(row, column));
}

/** The mapping of both answers and of the scores that stand beside them. */
export function answerMapping(sample: RowSample, answers: NamedAnswers): ColumnMapping[] {
  const { preferred, nonPreferred } = answers;
  const scores = [
    { role: "preferred score", column: scoreColumn(sample, preferred.name) },
    { role: "non_preferred score", column: scoreColumn(sample, nonPreferred.name) },
  ];
  const both = scores.every(({ column }) => column !== undefined);
  return [
    { role: "preferred", column: preferred.name },
    { role: "non_preferred", column: nonPreferred.name },
    ...(both ? (scores as ColumnMapping[]) : []),
  ];
}

const scoreWords = ["score", "rating", "reward"];

/** The numbers beside an answer: `score_chosen`, `chosen-rating`, `chosen_avg_rating`, `metadata.score_chosen`. */
function scoreColumn(sample: RowSample, answer: string): string | undefined {
  const side = sideWord(answer);
  const direct = sample.columns.filter(({ name, kind }) => kind === "number" && isScoreOf(name, side));
  if (direct.length > 0) {
    return direct[0]!.name;
  }
  const nested = sample.columns
    .filter(({ kind }) => kind === "object")
    .flatMap(({ name }) => nestedNumbers(sample, name).map((inner) => ({ name, inner })))
    .find(({ inner }) => isScoreOf(inner, side));
  return nested && `${nested.name}.${nested.inner}`;
}

function nestedNumbers({ rows }: RowSample, name: string): string[] {
  const value = rows.map((row) => member(row, name)).find((each) => kindOf(each) === "object");
  return Object.entries((value ?? {}) as JsonObject).flatMap(([key, each]) =>
    typeof each === "number" ? key : [],
  );
}

function isScoreOf(name: string, side: string): boolean {
  const folded = normaliseColumnName(name);
  return scoreWords.some((word) => folded.includes(word)) && folded.includes(side);
}

/** What a side is called in the names of columns beside it: `chosen` of `chosen_response`. */
function sideWord(answer: string): string {
  const folded = normaliseColumnName(answer);
  const known = [
    "nonpreferred",
    "dispreferred",
    "preferred",
    "chosen",
    "rejected",
    "reject",
    "better",
    "worse",
  ];
  return known.find((word) => folded.includes(word)) ?? folded;
}

/** A number at a column or at a member of an object column; undefined where there is none. */
export function numberAt(row: JsonObject, column: string | undefined): number | undefined {
  if (column === undefined) {
    return undefined;
  }
  const direct = member(row, column);
  const dot = column.indexOf(".");
  const parent = direct === undefined && dot > 0 ? member(row, column.slice(0, dot)) : undefined;
  const isObject = typeof parent === "object" && parent !== null && !Array.isArray(parent);
  const value: JsonValue | undefined = isObject ? member(parent, column.slice(dot + 1)) : direct;
  return typeof value === "number" && Number.isFinite(value) ? value : undefined;
}
