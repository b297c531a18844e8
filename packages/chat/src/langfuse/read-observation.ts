import type { JsonObject, JsonValue, Location } from "@dpo-kit/schema";
import { isObject } from "../input/file-sample.ts";
import { firstText } from "../input/json-members.ts";
import { parseJsonText } from "../input/parse-json-text.ts";
import { readTools } from "../messages/read-tools.ts";
import { readModelCall } from "../traces/read-model-call.ts";
import type { TraceSpan } from "../traces/trace-span.ts";

/** Reads an observation: a step of a trace. `GENERATION` is a call of a model. */
export function readObservation(observation: JsonObject, at: Location): TraceSpan {
  const id = firstText(observation.id) ?? "";
  return {
    id,
    trace: firstText(observation.traceId) ?? id,
    parent: firstText(observation.parentObservationId),
    at,
    isCall: observation.type === "GENERATION",
    call: readModelCall({
      input: observation.input,
      output: observation.output,
      model: firstText(observation.model),
      failed: observation.level === "ERROR",
      tools: toolsBeside(observation),
    }),
  };
}

/** Tools that stand in the metadata, as Vercel's AI SDK and OpenTelemetry write them. */
function toolsBeside({ metadata }: JsonObject): string | undefined {
  const known = parseJsonText(metadata);
  const { tools, attributes } = isObject(known) ? known : ({} as JsonObject);
  const given = isObject(attributes) ? attributes["gen_ai.tool.definitions"] : undefined;
  return readTools(tools) ?? readTools(given);
}

/** A trace as the step that all others are part of: what the application was given, and what it answered. */
export function readWholeTrace(trace: JsonObject, at: Location): TraceSpan {
  const id = firstText(trace.id) ?? "";
  const call = readModelCall({ input: unwrapped(trace.input), output: unwrapped(trace.output) });
  return { id, trace: id, at, isCall: false, call };
}

/** In downloads of a trace its input and output are JSON texts of JSON texts. */
function unwrapped(value: JsonValue | undefined): JsonValue | undefined {
  if (typeof value !== "string" || !value.startsWith('"')) {
    return value;
  }
  try {
    return JSON.parse(value) as JsonValue;
  } catch {
    return value;
  }
}
