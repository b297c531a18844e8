import type { JsonObject, JsonValue } from "@dpo-kit/schema";
import { isObject } from "../input/file-sample.ts";
import { objectsIn } from "../input/json-members.ts";

/** What one annotator answered to one question. */
export interface Response {
  readonly question: string;
  readonly value: JsonValue;
}

/** A record, whichever version wrote it. */
export interface ArgillaRecord {
  readonly fields: JsonObject;
  readonly responses: readonly Response[];
}

/**
 * Reads a record of Argilla 2 (`responses` by question), of Argilla 1 (`responses` by annotator), or a row of a data
 * set that Argilla 1 pushed (a column for each field and question). Drafts and discarded responses are left out
 * where the export says which they are; suggestions are what models said. Undefined where it is none of these.
 */
export function readArgillaRecord(value: JsonObject): ArgillaRecord | undefined {
  const { fields, responses } = value;
  if (!isObject(fields)) {
    return readRow(value);
  }
  if (isObject(responses)) {
    return { fields, responses: Object.entries(responses).flatMap(([name, list]) => listed(name, list)) };
  }
  return Array.isArray(responses)
    ? { fields, responses: objectsIn(responses).flatMap(ofAnnotator) }
    : undefined;
}

function listed(question: string, list: JsonValue): Response[] {
  return objectsIn(list)
    .filter(isSubmitted)
    .map(({ value = null }) => ({ question, value }));
}

function isSubmitted({ status }: JsonObject): boolean {
  return status === undefined || status === null || status === "submitted";
}

function ofAnnotator(response: JsonObject): Response[] {
  const values = isSubmitted(response) && isObject(response.values) ? Object.entries(response.values) : [];
  return values.map(([question, answer]) => {
    return { question, value: isObject(answer) && answer.value !== undefined ? answer.value : answer };
  });
}

/** Columns that are neither fields nor questions. */
const facts: ReadonlySet<string> = new Set(["external_id", "metadata", "id", "_server_id", "status"]);

function readRow(row: JsonObject): ArgillaRecord | undefined {
  const columns = Object.entries(row);
  const questions = columns.filter(([, value]) => isQuestion(value));
  const fields = columns.filter(([name, value]) => typeof value === "string" && isField(name));
  return questions.length === 0
    ? undefined
    : {
        fields: Object.fromEntries(fields),
        responses: questions.flatMap(([name, list]) => listed(name, list)),
      };
}

function isQuestion(value: JsonValue): boolean {
  return objectsIn(value).some((each) => "user_id" in each && "status" in each && "value" in each);
}

function isField(name: string): boolean {
  return !facts.has(name) && !name.endsWith("-suggestion") && !name.endsWith("-suggestion-metadata");
}
