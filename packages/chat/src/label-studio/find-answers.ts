import type { JsonObject } from "@dpo-kit/schema";
import { findAnswerFields } from "../annotations/find-answer-fields.ts";
import { firstText, objectsIn } from "../input/json-members.ts";

/** The answers of a task, and the fields of its data that hold them. */
export interface FoundAnswers {
  /** By the names that results name them by. */
  readonly answers: readonly (readonly [name: string, text: string])[];
  readonly fields: readonly string[];
}

/** The two answers that are compared side by side, the left one first; undefined where they cannot be told. */
export function findPair(data: JsonObject, asked: readonly string[] | undefined): FoundAnswers | undefined {
  const names = asked ?? findAnswerFields(Object.keys(data));
  return names?.length === 2 && names.every((name) => Object.hasOwn(data, name))
    ? textsOf(data, names)
    : undefined;
}

/** The texts in some fields as answers. */
export function textsOf(data: JsonObject, fields: readonly string[]): FoundAnswers {
  return { answers: fields.map((name) => [name, firstText(data[name]) ?? ""] as const), fields };
}

/** The answers that are put in order: the only list of objects with an id, or the one called `items`. */
export function findList(data: JsonObject): FoundAnswers | undefined {
  const lists = Object.keys(data).filter((name) => objectsIn(data[name]).some(({ id }) => id !== undefined));
  const name = lists.length === 1 ? lists[0] : lists.find((each) => each === "items");
  return name === undefined
    ? undefined
    : { answers: objectsIn(data[name]).flatMap(readItem), fields: [name] };
}

function readItem({ id, body, text, title }: JsonObject): [string, string][] {
  const isNamed = typeof id === "string" || typeof id === "number";
  return isNamed ? [[String(id), firstText(body, text, title) ?? ""]] : [];
}
