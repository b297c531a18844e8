import type { JsonObject, JsonValue } from "@dpo-kit/schema";
import { type AnswerColumns, findAnswerColumns } from "./candidates/answer-columns.ts";
import { ownMember } from "./candidates/member.ts";
import type { RowSample } from "./row-sample.ts";
import { findMarked } from "./verdicts/known-verdicts.ts";
import { verdictText } from "./verdicts/side.ts";
import { readSideName } from "./verdicts/side-names.ts";

/**
 * Whether two columns, called better and worse, only tell which answers those are, and the answers stand elsewhere:
 * `chosen: "response_b"` beside `response_a` and `response_b`, the name of another column, or a place in a list.
 * Written out, they would be pairs of labels.
 */
export function areReferences(sample: RowSample, better: string, worse: string): boolean {
  const others = sample.columns.filter(({ name }) => name !== better && name !== worse);
  const names = others.map(({ name }) => name);
  const answers = findAnswerColumns(names);
  const models = answers === undefined ? [] : findMarked(names, answers, ["model_#", "@_#_model"]);
  const lists = others.filter(({ kind }) => kind === "texts" || kind === "objects").map(({ name }) => name);
  const judged = sample.rows.filter((row) => [better, worse].every((name) => isFilled(ownMember(row, name))));
  const refers = (row: JsonObject): boolean => {
    const values = [better, worse].map((name) => ownMember(row, name)!);
    return (
      values.every((value) => names.includes(verdictText(value)) && Object.hasOwn(row, verdictText(value))) ||
      (answers !== undefined &&
        values.every((value) => isSide(value, answers) && !isAnswer(row, value, answers))) ||
      (models.length > 0 && values.every((value) => models.some((name) => isModel(row, name, value)))) ||
      values.every((value) => lists.some((name) => isPlaceIn(ownMember(row, name), value)))
    );
  };
  return judged.length > 0 && judged.every(refers);
}

function isFilled(value: JsonValue | undefined): boolean {
  return value !== undefined && value !== null && value !== "";
}

/** Whether a value names an answer by its mark: `response_b`, `B`, 1. */
function isSide(value: JsonValue, answers: AnswerColumns): boolean {
  const text = verdictText(value);
  const reading = readSideName(text, answers);
  return reading === "first" || reading === "second" || answers.marks.some((mark) => mark === text);
}

/** Whether a value is the text of an answer beside it: `A` may be what was answered. */
function isAnswer(row: JsonObject, value: JsonValue, { first, second }: AnswerColumns): boolean {
  return ownMember(row, first) === value || ownMember(row, second) === value;
}

function isModel(row: JsonObject, name: string | undefined, value: JsonValue): boolean {
  return name !== undefined && ownMember(row, name) === value;
}

function isPlaceIn(list: JsonValue | undefined, value: JsonValue): boolean {
  return (
    Array.isArray(list) &&
    Number.isInteger(value) &&
    (value as number) >= 0 &&
    (value as number) <= list.length
  );
}
