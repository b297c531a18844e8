import type { JsonObject, Location } from "@dpo-kit/schema";
import type { ChatFormat, FileRole } from "../chat-format.ts";
import type { FileSample } from "../input/file-sample.ts";
import { objectsIn } from "../input/json-members.ts";
import { readOpenTelemetry, spansIn } from "../opentelemetry/read-document.ts";
import { readSpan } from "../opentelemetry/read-span.ts";
import { isAnnotation, readAnnotation } from "../phoenix/read-annotation.ts";
import { readTraces } from "../traces/read-traces.ts";
import type { TraceItems } from "../traces/trace-span.ts";

/** Spans with OpenInference's attributes, as Phoenix keeps them, and Phoenix's annotations. */
export const phoenix: ChatFormat = {
  id: "phoenix",
  title: "spans of Phoenix",
  detail:
    "Spans with OpenInference's attributes, from Phoenix's API or a data frame as JSON or JSONL, with the annotations " +
    "of spans beside them. Scores by people of calls with equal input; those by models only with the signal judge.",
  signals: ["score", "judge"],
  beside: "Give the spans as well, with their inputs and outputs.",
  detect,
  read: (input) =>
    readTraces(input, { judgements: "annotations", read: (value, { at }) => readPhoenix(value, at) }),
};

function detect({ values }: FileSample): FileRole | undefined {
  if (values.flatMap(spansIn).some(hasOpenInference)) {
    return { role: "traces", why: "its spans have OpenInference's attributes" };
  }
  return values.flatMap(annotationsIn).length > 0
    ? { role: "judgements", why: "it holds annotations of spans" }
    : undefined;
}

function hasOpenInference(item: JsonObject): boolean {
  const attributes = readSpan(item)?.attributes;
  return attributes?.has("openinference") === true || attributes?.has("llm.input_messages") === true;
}

function readPhoenix(value: JsonObject, at: Location): TraceItems {
  const annotations = annotationsIn(value);
  return annotations.length > 0
    ? { spans: [], judgements: annotations.map(readAnnotation) }
    : readOpenTelemetry(value, at);
}

function annotationsIn(value: JsonObject): JsonObject[] {
  return [value, ...objectsIn(value.data)].filter(isAnnotation);
}
