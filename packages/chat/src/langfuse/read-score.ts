import type { JsonObject } from "@dpo-kit/schema";
import { firstText } from "../input/json-members.ts";
import type { JudgedBy } from "../model/judgement.ts";
import { correctionOf } from "../traces/correction-of.ts";
import { scoresQuality } from "../traces/scores-quality.ts";
import type { SpanJudgement } from "../traces/span-judgement.ts";
import type { TraceJudgement } from "../traces/trace-span.ts";

/**
 * Reads a score: of an observation, else of a trace, else of a session. `source` is `EVAL` where a model judged.
 * See https://langfuse.com/docs/evaluation/evaluation-methods/data-model
 */
export function readScore(score: JsonObject): TraceJudgement {
  return {
    span: firstText(score.observationId),
    trace: firstText(score.traceId),
    judgement: judgementOf(score),
  };
}

function judgementOf(score: JsonObject): SpanJudgement | undefined {
  const { dataType, name } = score;
  const by: JudgedBy = score.source === "EVAL" ? "model" : "human";
  if (dataType === "CORRECTION") {
    return correctionOf(firstText(emptyToNull(score.stringValue), emptyToNull(score.longStringValue)), by);
  }
  const value =
    dataType === "BOOLEAN" || dataType === "NUMERIC" ? Number(score.value ?? Number.NaN) : Number.NaN;
  return typeof name === "string" && Number.isFinite(value) && scoresQuality(name)
    ? { kind: "score", name, value, by, ...(dataType === "BOOLEAN" ? { scale: [0, 1] } : {}) }
    : undefined;
}

function emptyToNull(value: JsonObject[string] | undefined): JsonObject[string] {
  return value === "" || value === undefined ? null : value;
}
