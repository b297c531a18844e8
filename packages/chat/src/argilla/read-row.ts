import type { JsonObject, JsonValue } from "@dpo-kit/schema";
import { objectsIn } from "../input/json-members.ts";
import { type ArgillaRecord, isSubmitted, listed, type Response } from "./read-response.ts";

/** Columns that are neither fields nor questions. */
const facts: ReadonlySet<string> = new Set(["external_id", "metadata", "id", "_server_id", "status"]);

/** What Argilla 2 calls the column with the answers to a question: one for each annotator. */
const ANSWERS = ".responses";

/**
 * Reads a row of a data set that was pushed: of Argilla 1 a list of responses in the column of each question; of
 * Argilla 2 their values in `<question>.responses`, beside `.responses.users` and `.responses.status`. Undefined where
 * no column is of a question.
 */
export function readRow(row: JsonObject): ArgillaRecord | undefined {
  const columns = Object.entries(row);
  const responses = [
    ...columns.filter(([, value]) => isQuestion(value)).flatMap(([name, list]) => listed(name, list)),
    ...columns.flatMap(([name]) => (isAnswers(name, row) ? answersOf(name, row) : [])),
  ];
  const isOfDataSet = columns.some(([name, value]) => isQuestion(value) || isAnswers(name, row));
  const fields = columns.filter(([name, value]) => typeof value === "string" && isField(name));
  return isOfDataSet ? { fields: Object.fromEntries(fields), responses } : undefined;
}

function isQuestion(value: JsonValue): boolean {
  return objectsIn(value).some((each) => "user_id" in each && "status" in each && "value" in each);
}

function isAnswers(column: string, row: JsonObject): boolean {
  const isBesideFacts = Object.hasOwn(row, `${column}.users`) || Object.hasOwn(row, `${column}.status`);
  return column.endsWith(ANSWERS) && isBesideFacts;
}

function answersOf(column: string, row: JsonObject): Response[] {
  const values = row[column];
  const statuses = row[`${column}.status`];
  const question = column.slice(0, -ANSWERS.length);
  return (Array.isArray(values) ? values : []).map((value, index) => {
    const status = Array.isArray(statuses) ? statuses[index] : undefined;
    return { question, value, submitted: isSubmitted(status) };
  });
}

function isField(name: string): boolean {
  return !facts.has(name) && !/-suggestion(?:-metadata)?$|\.(?:suggestion|responses)(?:\.|$)/u.test(name);
}
