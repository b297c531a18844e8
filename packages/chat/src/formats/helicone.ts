import type { JsonObject } from "@dpo-kit/schema";
import type { ChatFormat } from "../chat-format.ts";
import { isRequest, readJudgements, readRequest } from "../helicone/read-request.ts";
import type { ChatDocument } from "../input/read-documents.ts";
import { carriedDocument, listedObjects } from "../traces/carried-document.ts";
import { readTraces } from "../traces/read-traces.ts";
import type { TraceItems } from "../traces/trace-span.ts";

/** Requests that Helicone logged. https://docs.helicone.ai/rest/request/post-v1requestquery */
export const helicone: ChatFormat = {
  id: "helicone",
  title: "requests of Helicone",
  detail:
    "Requests with their bodies and their feedback, as the API gives them, as JSON or JSONL. Ratings of responses to " +
    "equal requests; scores of evaluators only with the signal judge.",
  signals: ["thumbs", "judge"],
  detect: ({ values }) =>
    values.some((value) => requestsIn(value).some(isRequest))
      ? { role: "traces", why: "its requests have a request_body and a response_body" }
      : undefined,
  read: (input) => readTraces(input, { judgements: "feedback", read: readDocument }),
};

function requestsIn(value: JsonObject): readonly JsonObject[] {
  return listedObjects(value, ["data"]);
}

function readDocument(value: JsonObject, document: ChatDocument): TraceItems {
  const requests = requestsIn(carriedDocument(value, document)).filter(isRequest);
  const spans = requests.map((request) => readRequest(request, document.at));
  const judgements = spans.flatMap(({ id: span }, index) =>
    readJudgements(requests[index]!).map((judgement) => ({ span, judgement })),
  );
  return { spans, judgements };
}
