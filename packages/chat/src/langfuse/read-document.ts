import type { JsonObject, Location } from "@dpo-kit/schema";
import { isObject } from "../input/file-sample.ts";
import { objectsIn } from "../input/json-members.ts";
import type { TraceItems } from "../traces/trace-span.ts";
import { renamed } from "./camel-case.ts";
import { readObservation, readWholeTrace } from "./read-observation.ts";
import { readScore } from "./read-score.ts";

const nothing: TraceItems = { spans: [], judgements: [] };

/**
 * Reads what one document of Langfuse holds: a trace with all that belongs to it, an observation, a score, or a page
 * of any of these.
 */
export function readLangfuse(value: JsonObject, at: Location): TraceItems {
  const items = itemsIn(value).map((item) => readItem(item, at));
  return {
    spans: items.flatMap(({ spans }) => spans),
    judgements: items.flatMap(({ judgements }) => judgements),
  };
}

/** The `data` of a page of the API, or the document by itself. */
export function itemsIn(value: JsonObject): readonly JsonObject[] {
  return (Array.isArray(value.data) ? objectsIn(value.data) : [value]).map(renamed);
}

function readItem(item: JsonObject, at: Location): TraceItems {
  if (isScore(item)) {
    return { spans: [], judgements: [readScore(item)] };
  }
  if (isObservation(item)) {
    return { spans: [readObservation(item, at)], judgements: [] };
  }
  return isTrace(item) ? readTrace(item, at) : nothing;
}

/** A trace; a download of one has it under `trace`, and the texts of its observations beside that. */
function readTrace(item: JsonObject, at: Location): TraceItems {
  const trace = isObject(item.trace) ? item.trace : item;
  const observations = [item, trace].flatMap((each) => objectsIn(each.observations));
  const scores = [trace, item].flatMap((each) => [...objectsIn(each.scores), ...objectsIn(each.corrections)]);
  const unique = new Map(scores.map((score) => [score.id ?? score, score]));
  return {
    spans: [...observations.map((each) => readObservation(each, at)), readWholeTrace(trace, at)],
    judgements: [...unique.values()].map(readScore),
  };
}

/** Whether an object is a score. Other stores have scores with a name and a value too, but no such sources. */
export function isScore({ dataType, source, value, traceId, sessionId }: JsonObject): boolean {
  const isOfLangfuse = typeof dataType === "string" || typeof source === "string";
  return isOfLangfuse && value !== undefined && (isId(traceId) || isId(sessionId));
}

/** Whether an object is an observation. */
export function isObservation({ traceId, type }: JsonObject): boolean {
  return isId(traceId) && typeof type === "string";
}

/** Whether an object is a trace, or a download of one. */
export function isTrace(item: JsonObject): boolean {
  const trace = isObject(item.trace) ? item.trace : item;
  const hasList = Array.isArray(trace.observations) || Array.isArray(item.observations);
  return isId(trace.id) && (hasList || ("sessionId" in trace && "input" in trace && "timestamp" in trace));
}

function isId(value: unknown): boolean {
  return typeof value === "string" && value !== "";
}
