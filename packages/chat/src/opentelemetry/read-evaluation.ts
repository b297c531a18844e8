import { scoresQuality } from "../traces/scores-quality.ts";
import type { TraceJudgement } from "../traces/trace-span.ts";
import type { SpanEvent } from "./span-event.ts";

/** Whether an event is the result of an evaluation. */
export function isEvaluation({ name }: SpanEvent): boolean {
  return name === "gen_ai.evaluation.result";
}

/**
 * Reads an evaluation of a call. It stands in the call's span, or names the response. Nothing in it says who judged;
 * it is meant for evaluators. See https://opentelemetry.io/docs/specs/semconv/gen-ai/gen-ai-events/
 */
export function readEvaluation(
  { attributes }: SpanEvent,
  { span, trace }: { span: string | undefined; trace: string | undefined },
): TraceJudgement {
  const name = attributes.text("gen_ai.evaluation.name") ?? "";
  const value = attributes.get("gen_ai.evaluation.score.value");
  const isScore = typeof value === "number" && Number.isFinite(value) && scoresQuality(name);
  return {
    span: attributes.text("gen_ai.response.id") ?? span,
    trace,
    judgement: isScore ? { kind: "score", name, value, by: "model" } : undefined,
  };
}
