import { carriedMember } from "@dpo-kit/preference";
import { carryJson, type JsonObject } from "@dpo-kit/schema";
import { isObject } from "../input/file-sample.ts";
import type { ChatDocument } from "../input/read-documents.ts";
import { carriedItems } from "../messages/carried-items.ts";
import type { TraceItems } from "../traces/trace-span.ts";
import { readFeedback } from "./read-feedback.ts";
import { mergeUpload, readRun } from "./read-run.ts";

/**
 * Reads what one document of LangSmith holds: a run, feedback, or lists of them. What a run was given and answered is
 * JSON of its own, whose tools are carried as they were written.
 */
export function readLangsmith(value: JsonObject, { at, text = "" }: ChatDocument): TraceItems {
  const carried = text.includes('"tools"') ? (carryJson(text) as JsonObject) : value;
  const items = itemsIn(carried);
  return {
    spans: items.filter(isRun).map((run) => readRun(run, at)),
    judgements: items.filter(isFeedback).map(readFeedback),
  };
}

const listKeys: readonly string[] = ["runs", "feedback", "feedbacks"];

/**
 * The runs and the feedback of a document: its lists, a recorded upload, or one of them by itself. Feedback can also
 * stand in its run.
 */
export function itemsIn(value: JsonObject): readonly JsonObject[] {
  if (Array.isArray(value.post)) {
    return mergeUpload(value);
  }
  const lists = listKeys.filter((key) => Array.isArray(value[key]));
  const listed = lists.flatMap((key) => carriedItems(carriedMember(value, key)).filter(isObject));
  return lists.length === 0 || isRun(value) ? [value, ...listed] : listed;
}

/** Whether an object is a run. What it was given may be long, and not be seen. */
export function isRun({ run_type: type }: JsonObject): boolean {
  return typeof type === "string";
}

/** Whether an object is feedback on a run. */
export function isFeedback({
  run_id: run,
  key,
  feedback_source: source,
  score,
  correction,
}: JsonObject): boolean {
  const judges = score !== undefined || correction !== undefined || source !== undefined;
  return typeof run === "string" && typeof key === "string" && judges;
}
