import type { ChatFormat, FileRole } from "../chat-format.ts";
import type { FileSample } from "../input/file-sample.ts";
import { isFeedback, isRun, itemsIn, readLangsmith } from "../langsmith/read-document.ts";
import { readTraces } from "../traces/read-traces.ts";

/** Runs and feedback of LangSmith. */
export const langsmith: ChatFormat = {
  id: "langsmith",
  title: "runs of LangSmith",
  detail:
    "Runs as list_runs gives them, with what list_feedback gives beside them, as JSON or JSONL. Pairwise annotation, " +
    "corrections, and scores of runs with equal input; evaluators only with the signal judge.",
  signals: ["vote", "rank", "correction", "score", "judge"],
  beside: "Give the runs as well, as list_runs gives them, with their inputs and outputs.",
  detect,
  read: (input) => readTraces(input, { judgements: "feedback", read: readLangsmith }),
};

function detect({ values }: FileSample): FileRole | undefined {
  const items = values.flatMap(itemsIn);
  if (items.some(isRun)) {
    return { role: "traces", why: "it holds runs with their types" };
  }
  return items.some(isFeedback) ? { role: "judgements", why: "it holds feedback by run" } : undefined;
}
