import { carriedMember } from "@dpo-kit/preference";
import type { JsonObject, JsonValue, Location } from "@dpo-kit/schema";
import { isObject } from "../input/file-sample.ts";
import { firstText } from "../input/json-members.ts";
import { readModelCall } from "../traces/read-model-call.ts";
import { scoresQuality } from "../traces/scores-quality.ts";
import type { SpanJudgement } from "../traces/span-judgement.ts";
import type { TraceSpan } from "../traces/trace-span.ts";

/** Whether an object is a request that was logged. */
export function isRequest(item: JsonObject): boolean {
  const { request_id: id } = item;
  return (
    typeof id === "string" && Object.hasOwn(item, "request_body") && Object.hasOwn(item, "response_body")
  );
}

/** Reads a request and its response: each is a trace by itself. */
export function readRequest(item: JsonObject, at: Location): TraceSpan {
  const id = firstText(item.request_id) ?? "";
  const { response_status: status } = item;
  return {
    id,
    trace: id,
    at,
    isCall: true,
    call: readModelCall({
      input: carriedMember(item, "request_body"),
      output: carriedMember(item, "response_body"),
      model: firstText(item.response_model, item.request_model, item.model),
      failed: typeof status === "number" && status >= 400,
    }),
  };
}

/** Reads what was said of a response: people rate, evaluators score. */
export function readJudgements(item: JsonObject): SpanJudgement[] {
  const { feedback, scores } = item;
  const given = [isObject(feedback) ? feedback.rating : undefined, item.feedback_rating, item.rating];
  const rating = given.find((each) => typeof each === "boolean");
  const thumbs: SpanJudgement[] = typeof rating === "boolean" ? [{ kind: "thumb", up: rating }] : [];
  const scored = isObject(scores) ? Object.entries(scores).flatMap(readScore) : [];
  return [...thumbs, ...scored];
}

function readScore([name, given]: [string, JsonValue]): SpanJudgement[] {
  const value = isObject(given) ? given.value : given;
  const isBoolean = typeof value === "boolean";
  return (typeof value !== "number" && !isBoolean) || !scoresQuality(name)
    ? []
    : [{ kind: "score", name, value: Number(value), by: "model", ...(isBoolean ? { scale: [0, 1] } : {}) }];
}
