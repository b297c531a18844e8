import type { JsonObject } from "@dpo-kit/schema";
import type { ChatFormat, FileRole } from "../chat-format.ts";
import type { FileSample } from "../input/file-sample.ts";
import type { ChatDocument } from "../input/read-documents.ts";
import { isFeedback, isLog, readFeedback, readLog } from "../portkey/read-log.ts";
import { carriedDocument, listedObjects } from "../traces/carried-document.ts";
import { readTraces } from "../traces/read-traces.ts";
import type { TraceItems } from "../traces/trace-span.ts";

/** Logs and feedback of Portkey. https://portkey.ai/docs */
export const portkey: ChatFormat = {
  id: "portkey",
  title: "logs of Portkey",
  detail:
    "Logs, with the feedback on their traces beside them, as JSON or JSONL: feedback on requests that are equal, where " +
    "the trace is one request.",
  signals: ["score"],
  beside: "Export the logs as well, with their requests and responses.",
  detect,
  read: (input) => readTraces(input, { judgements: "feedback", read: readDocument }),
};

function detect({ values }: FileSample): FileRole | undefined {
  const items = values.flatMap(itemsIn);
  if (items.some(isLog)) {
    return { role: "traces", why: "its logs have a trace_id, a request and a response" };
  }
  return items.some(isFeedback)
    ? { role: "judgements", why: "it holds feedback by trace, with a value and a weight" }
    : undefined;
}

function itemsIn(value: JsonObject): readonly JsonObject[] {
  return listedObjects(value, ["logs", "data", "feedback"]);
}

function readDocument(value: JsonObject, document: ChatDocument): TraceItems {
  const items = itemsIn(carriedDocument(value, document));
  return {
    spans: items.filter(isLog).map((log, index) => readLog(log, { at: document.at, index })),
    judgements: items.filter(isFeedback).map(readFeedback),
  };
}
