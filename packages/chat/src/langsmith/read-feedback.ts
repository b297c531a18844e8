import type { JsonObject, JsonValue } from "@dpo-kit/schema";
import { isObject } from "../input/file-sample.ts";
import { firstText } from "../input/json-members.ts";
import { parseJsonText } from "../input/parse-json-text.ts";
import type { JudgedBy } from "../model/judgement.ts";
import { correctionOf } from "../traces/correction-of.ts";
import { scoresQuality } from "../traces/scores-quality.ts";
import type { SpanJudgement } from "../traces/span-judgement.ts";
import type { TraceJudgement } from "../traces/trace-span.ts";

/**
 * Reads feedback on a run. See https://docs.langchain.com/langsmith/feedback-data-format. One entry can hold a
 * correction and a score; the correction says more.
 */
export function readFeedback(feedback: JsonObject): TraceJudgement {
  return {
    span: firstText(feedback.run_id),
    trace: firstText(feedback.trace_id),
    judgement: readCorrection(feedback) ?? readScore(feedback),
  };
}

function readCorrection(feedback: JsonObject): SpanJudgement | undefined {
  const { correction } = feedback;
  return correction === null ? undefined : correctionOf(correction, judgedBy(feedback));
}

/** Numbers of answers that were set side by side are compared with each other only, all others with any. */
function readScore(feedback: JsonObject): SpanJudgement | undefined {
  const { key, score } = feedback;
  const value = typeof score === "boolean" ? Number(score) : score;
  if (typeof key !== "string" || typeof value !== "number" || !scoresQuality(key)) {
    return undefined;
  }
  const by = judgedBy(feedback);
  const group = firstText(feedback.feedback_group_id, feedback.comparative_experiment_id);
  return group === undefined
    ? { kind: "score", name: key, value, by, ...(typeof score === "boolean" ? { scale: [0, 1] } : {}) }
    : { kind: "ballot", group: JSON.stringify([group, key]), score: value, by };
}

/** `app` is a person in the interface, `api` what an application passes on; evaluators are `model` or `auto_eval`. */
function judgedBy({ feedback_source: source }: JsonObject): JudgedBy {
  const known = parseJsonText(source ?? null);
  const type: JsonValue | undefined = isObject(known) ? known.type : known;
  return typeof type === "string" && /model|eval/u.test(type) ? "model" : "human";
}
