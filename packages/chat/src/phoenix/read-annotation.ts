import type { JsonObject } from "@dpo-kit/schema";
import { isObject } from "../input/file-sample.ts";
import { firstText } from "../input/json-members.ts";
import { idOf } from "../opentelemetry/read-span.ts";
import { scoresQuality } from "../traces/scores-quality.ts";
import type { TraceJudgement } from "../traces/trace-span.ts";

/** Whether an object is an annotation of a span, of a trace or of a session. */
export function isAnnotation({ annotator_kind: kind, span_id, trace_id, session_id }: JsonObject): boolean {
  return typeof kind === "string" && [span_id, trace_id, session_id].some((id) => typeof id === "string");
}

/**
 * Reads an annotation: the score in it. `annotator_kind` is `HUMAN`, `LLM` or `CODE`. See
 * https://arize.com/docs/phoenix/tracing/concepts-tracing/annotations-concepts
 */
export function readAnnotation(annotation: JsonObject): TraceJudgement {
  const { result } = annotation;
  const { score } = isObject(result) ? result : annotation;
  const name = firstText(annotation.name, annotation.annotation_name) ?? "";
  const isScore = typeof score === "number" && scoresQuality(name);
  const by = annotation.annotator_kind === "HUMAN" ? "human" : "model";
  return {
    span: idOf(firstText(annotation.span_id)),
    trace: idOf(firstText(annotation.trace_id)),
    judgement: isScore ? { kind: "score", name, value: score, by } : undefined,
  };
}
