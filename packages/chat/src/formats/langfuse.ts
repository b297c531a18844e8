import type { ChatFormat, FileRole } from "../chat-format.ts";
import type { FileSample } from "../input/file-sample.ts";
import { inCamelCase, rowOf } from "../langfuse/camel-case.ts";
import { isObservation, isScore, isTrace, itemsIn, readLangfuse } from "../langfuse/read-document.ts";
import { readTraces } from "../traces/read-traces.ts";

/** Traces, observations and scores of Langfuse: downloads, batch exports as JSON, answers of its API. */
export const langfuse: ChatFormat = {
  id: "langfuse",
  title: "an export of Langfuse",
  detail:
    "Download a trace as JSON, or export observations and scores as JSON, JSONL or CSV; exports to blob storage; answers " +
    "of its API. " +
    "Corrected outputs, and scores of generations with equal input; scores by evaluators only with the signal judge.",
  signals: ["correction", "score", "judge"],
  beside:
    "Export the traces, or the observations, as well, with their inputs and outputs, and give both files.",
  detect,
  read: (input) =>
    readTraces(input, {
      judgements: "scores",
      read: (value, { at, text }) => readLangfuse(text === undefined ? rowOf(value) : value, at),
    }),
};

/** Tables have the members of the objects as their columns. */
function detect({ values, columns }: FileSample): FileRole | undefined {
  if (isTableOf(columns, ["traceId", "source", "dataType", "value"])) {
    return { role: "judgements", isTable: true, why: "its columns are those of scores" };
  }
  const isObserved = isTableOf(columns, ["id", "traceId", "type", "input", "output"]);
  if (isObserved || isTableOf(columns, ["id", "sessionId", "timestamp", "input", "output"])) {
    return { role: "traces", isTable: true, why: "its columns are those of traces or observations" };
  }
  const items = values.flatMap(itemsIn);
  if (items.some((item) => isTrace(item) || isObservation(item))) {
    return { role: "traces", why: "it holds traces with their observations" };
  }
  return items.some(isScore) ? { role: "judgements", why: "it holds scores by trace" } : undefined;
}

function isTableOf(columns: readonly string[], names: readonly string[]): boolean {
  const known = new Set(columns.map(inCamelCase));
  return names.every((name) => known.has(name));
}
