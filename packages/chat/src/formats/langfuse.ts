import type { ChatFormat, FileRole } from "../chat-format.ts";
import type { FileSample } from "../input/file-sample.ts";
import { isObservation, isScore, isTrace, itemsIn, readLangfuse } from "../langfuse/read-document.ts";
import { readTraces } from "../traces/read-traces.ts";

/** Traces, observations and scores of Langfuse: downloads, batch exports as JSON, answers of its API. */
export const langfuse: ChatFormat = {
  id: "langfuse",
  title: "an export of Langfuse",
  detail:
    "Download a trace as JSON, or export observations and scores as JSON or JSONL; or answers of its API. " +
    "Corrected outputs, and scores of generations with equal input; scores by evaluators only with the signal judge.",
  signals: ["correction", "score", "judge"],
  beside:
    "Export the traces, or the observations, as well, with their inputs and outputs, and give both files.",
  detect,
  read: (input) =>
    readTraces(input, { judgements: "scores", read: (value, { at }) => readLangfuse(value, at) }),
};

function detect({ values }: FileSample): FileRole | undefined {
  const items = values.flatMap(itemsIn);
  if (items.some((item) => isTrace(item) || isObservation(item))) {
    return { role: "traces", why: "it holds traces with their observations" };
  }
  return items.some(isScore) ? { role: "judgements", why: "it holds scores by trace" } : undefined;
}
