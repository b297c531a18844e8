import type { JsonObject, JsonValue } from "@dpo-kit/schema";
import { isObject } from "../input/file-sample.ts";
import { firstText, objectsIn } from "../input/json-members.ts";
import { readRow } from "./read-row.ts";

/** What one annotator answered to one question. */
export interface Response {
  readonly question: string;
  readonly value: JsonValue;
  /** False of drafts and of what was discarded, where the export says which they are. */
  readonly submitted: boolean;
  /** Who answered, where that is known: to tell people apart, never to be written anywhere. */
  readonly annotator?: string | undefined;
}

/** A record, whichever version wrote it. */
export interface ArgillaRecord {
  readonly fields: JsonObject;
  readonly responses: readonly Response[];
}

/**
 * Reads a record of Argilla 2 (`responses` by question), of Argilla 1 (`responses` by annotator), or a row of a data
 * set (a column for each field and question). Suggestions are what models said. Undefined where it is none of these.
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

/** The responses to one question. */
export function listed(question: string, list: JsonValue): Response[] {
  return objectsIn(list).map(({ value = null, status, user_id: annotator }) => {
    return { question, value, submitted: isSubmitted(status), annotator: firstText(annotator) };
  });
}

/** Whether a response counts: exports that leave the status out hold what counts. */
export function isSubmitted(status: JsonValue | undefined): boolean {
  return status === undefined || status === null || status === "submitted";
}

function ofAnnotator({ status, values, user_id: annotator }: JsonObject): Response[] {
  return Object.entries(isObject(values) ? values : {}).map(([question, answer]) => {
    const value = isObject(answer) && answer.value !== undefined ? answer.value : answer;
    return { question, value, submitted: isSubmitted(status), annotator: firstText(annotator) };
  });
}
