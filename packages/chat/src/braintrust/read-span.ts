import { carriedMember } from "@dpo-kit/preference";
import type { JsonObject, Location } from "@dpo-kit/schema";
import { isObject } from "../input/file-sample.ts";
import { firstText } from "../input/json-members.ts";
import { readTools } from "../messages/read-tools.ts";
import { correctionOf } from "../traces/correction-of.ts";
import { readModelCall } from "../traces/read-model-call.ts";
import { scoresQuality } from "../traces/scores-quality.ts";
import type { SpanJudgement } from "../traces/span-judgement.ts";
import type { TraceSpan } from "../traces/trace-span.ts";

/** Whether an object is a span. */
export function isSpan({ span_id: span, root_span_id: root }: JsonObject): boolean {
  return typeof span === "string" && typeof root === "string";
}

/** The name of the scorer whose work a span is; undefined for all other spans. */
export function scorerOf(span: JsonObject): string | undefined {
  const { type, purpose, name } = attributesOf(span);
  return type === "score" || purpose === "scorer" ? (firstText(name) ?? "") : undefined;
}

function attributesOf({ span_attributes: attributes }: JsonObject): JsonObject {
  return isObject(attributes) ? attributes : {};
}

/** Reads a span: a step of a trace. `llm` is a call of a model. */
export function readSpan(span: JsonObject, at: Location): TraceSpan {
  const { span_parents: parents, error } = span;
  const metadata = isObject(span.metadata) ? (carriedMember(span, "metadata") as JsonObject) : {};
  return {
    id: firstText(span.span_id) ?? "",
    trace: firstText(span.root_span_id) ?? "",
    parent: Array.isArray(parents) ? firstText(parents[0]) : undefined,
    at,
    isCall: attributesOf(span).type === "llm",
    call: readModelCall({
      input: carriedMember(span, "input"),
      output: carriedMember(span, "output"),
      model: firstText(metadata.model),
      failed: error !== undefined && error !== null,
      tools: readTools(carriedMember(metadata, "tools")),
    }),
  };
}

/** Reads what was said of a span: scores, and in logs what somebody expected in place of the output. */
export function readJudgements(span: JsonObject): SpanJudgement[] {
  const { scores, expected } = span;
  const given = isObject(scores) ? Object.entries(scores) : [];
  const scored = given.flatMap(([name, value]): SpanJudgement[] =>
    typeof value === "number" && scoresQuality(name) ? [{ kind: "score", name, value, scale: [0, 1] }] : [],
  );
  const correction = isLog(span) && expected !== null ? correctionOf(expected, "human") : undefined;
  return correction === undefined ? scored : [correction, ...scored];
}

/** In data sets and experiments `expected` is the reference, whatever the output was. */
function isLog(span: JsonObject): boolean {
  return ["dataset_id", "dataset_record_id", "experiment_id"].every(
    (name) => span[name] === undefined || span[name] === null,
  );
}
