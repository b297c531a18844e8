import { carriedMember } from "@dpo-kit/preference";
import type { JsonObject, Location } from "@dpo-kit/schema";
import { firstText } from "../input/json-members.ts";
import { carriedObject } from "../messages/carried-items.ts";
import { readModelCall } from "../traces/read-model-call.ts";
import type { TraceJudgement, TraceSpan } from "../traces/trace-span.ts";

/** Whether an object is a log of a request. */
export function isLog(item: JsonObject): boolean {
  const { trace_id: trace } = item;
  return typeof trace === "string" && Object.hasOwn(item, "request") && Object.hasOwn(item, "response");
}

/** Whether an object is feedback on a trace. */
export function isFeedback(item: JsonObject): boolean {
  const { trace_id: trace, value } = item;
  return typeof trace === "string" && typeof value === "number" && Object.hasOwn(item, "weight");
}

/** Reads a log; the bodies stand in it, or a step deeper beside the headers, which are not read. */
export function readLog(log: JsonObject, { at, index }: { at: Location; index: number }): TraceSpan {
  const trace = firstText(log.trace_id) ?? "";
  const { response_status_code: status } = log;
  return {
    id: firstText(log.id) ?? JSON.stringify([trace, at.source, at.ordinal, index]),
    trace,
    // Feedback speaks of the whole trace: of several logs none is the whole.
    parent: trace,
    at,
    isCall: true,
    call: readModelCall({
      input: bodyOf(log, "request"),
      output: bodyOf(log, "response"),
      model: firstText(log.ai_model),
      failed: typeof status === "number" && status >= 400,
    }),
  };
}

function bodyOf(log: JsonObject, name: string): ReturnType<typeof carriedMember> {
  const side = carriedObject(log, name);
  return side !== undefined && Object.hasOwn(side, "body")
    ? carriedMember(side, "body")
    : carriedMember(log, name);
}

/** Reads feedback: a value from -10 to 10, times its weight from 0 to 1. https://portkey.ai/docs/product/observability/feedback */
export function readFeedback({ trace_id: trace, value, weight }: JsonObject): TraceJudgement {
  const times = typeof weight === "number" ? weight : 1;
  return {
    trace: firstText(trace),
    judgement: { kind: "score", name: "feedback", value: Number(value) * times, scale: [-10, 10] },
  };
}
