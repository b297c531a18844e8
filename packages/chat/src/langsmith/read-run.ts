import { carriedMember } from "@dpo-kit/preference";
import type { JsonObject, Location } from "@dpo-kit/schema";
import { isObject } from "../input/file-sample.ts";
import { firstText } from "../input/json-members.ts";
import { parseJsonText } from "../input/parse-json-text.ts";
import { readTools } from "../messages/read-tools.ts";
import { readModelCall } from "../traces/read-model-call.ts";
import type { TraceSpan } from "../traces/trace-span.ts";

/** Reads a run: a step of a trace. `llm` is a call of a model. */
export function readRun(run: JsonObject, at: Location): TraceSpan {
  const id = firstText(run.id, run.run_id) ?? "";
  const extra = parseJsonText(carriedMember(run, "extra"));
  const { metadata, invocation_params: request } = isObject(extra) ? extra : ({} as JsonObject);
  return {
    id,
    trace: firstText(run.trace_id) ?? id,
    parent: firstText(run.parent_run_id),
    at,
    isCall: run.run_type === "llm",
    call: readModelCall({
      input: carriedMember(run, "inputs"),
      output: carriedMember(run, "outputs"),
      model: isObject(metadata) ? firstText(metadata.ls_model_name) : undefined,
      failed: typeof run.error === "string" && run.error !== "",
      tools: isObject(request) ? readTools(request.tools) : undefined,
    }),
  };
}

/**
 * The runs that a recorded upload holds: what was posted at the start of each, with what was patched in at its end.
 * The end names the run by its place in the trace, and not always by its id.
 */
export function mergeUpload({ post, patch }: JsonObject): JsonObject[] {
  const runs = new Map<unknown, JsonObject>();
  for (const part of [post, patch].flatMap((parts) => (Array.isArray(parts) ? parts.filter(isObject) : []))) {
    const key = part.dotted_order ?? part.id;
    const told = Object.entries(part).filter(([, value]) => value !== null);
    runs.set(key, { ...runs.get(key), ...Object.fromEntries(told) });
  }
  return [...runs.values()];
}
