import type { JsonObject } from "@dpo-kit/schema";
import type { ChatFormat, FileRole } from "../chat-format.ts";
import type { FileSample } from "../input/file-sample.ts";
import { logsIn, readOpenTelemetry, spansIn } from "../opentelemetry/read-document.ts";
import { isEvaluation } from "../opentelemetry/read-evaluation.ts";
import { readSpan } from "../opentelemetry/read-span.ts";
import { readSpanEvent } from "../opentelemetry/span-event.ts";
import { readTraces } from "../traces/read-traces.ts";

/** Spans with OpenTelemetry's attributes for generative AI, as a collector or an SDK writes them to a file. */
export const opentelemetry: ChatFormat = {
  id: "opentelemetry",
  title: "spans of OpenTelemetry",
  detail:
    "Spans and logs in OTLP's JSON, or as an SDK prints them, with gen_ai attributes. Evaluation results of calls with " +
    "equal input, with the signal judge: nothing in them says that a person judged.",
  signals: ["judge"],
  beside: "Give the spans, or the logs with the messages, as well.",
  detect,
  read: (input) =>
    readTraces(input, { judgements: "evaluations", read: (value, { at }) => readOpenTelemetry(value, at) }),
};

function detect({ values }: FileSample): FileRole | undefined {
  if (
    values.flatMap(spansIn).some(hasGenAi) ||
    values.some(({ resourceSpans }) => Array.isArray(resourceSpans))
  ) {
    return { role: "traces", why: "it holds spans with gen_ai attributes, or in OTLP's layout" };
  }
  const events = values.flatMap(logsIn).map(readSpanEvent);
  if (events.some(({ attributes }) => attributes.has("gen_ai.output"))) {
    return { role: "traces", why: "its records of logs hold the messages of calls" };
  }
  return events.some(isEvaluation)
    ? { role: "judgements", why: "it holds results of evaluations" }
    : undefined;
}

function hasGenAi(item: JsonObject): boolean {
  return readSpan(item)?.attributes.has("gen_ai") === true;
}
