import type { JsonObject } from "@dpo-kit/schema";
import { isSpan, readJudgements, readSpan, scorerOf } from "../braintrust/read-span.ts";
import type { ChatFormat, ChatRecord } from "../chat-format.ts";
import type { ChatInput } from "../input/chat-input.ts";
import type { ChatDocument } from "../input/read-documents.ts";
import type { Judgement } from "../model/judgement.ts";
import { carriedDocument, listedObjects } from "../traces/carried-document.ts";
import { readTraces } from "../traces/read-traces.ts";
import type { TraceItems } from "../traces/trace-span.ts";

/** Spans of Braintrust's logs. https://www.braintrust.dev/docs/reference/api/Logs */
export const braintrust: ChatFormat = {
  id: "braintrust",
  title: "logs of Braintrust",
  detail:
    "Spans as the API gives them or a page exports them, as JSON or JSONL: expected outputs that were set as feedback, " +
    "and scores of spans with equal input; those of scorers only with the signal judge.",
  signals: ["correction", "score", "judge"],
  detect: ({ values }) =>
    values.some((value) => spansIn(value).some(isSpan))
      ? { role: "traces", why: "its spans have a span_id and a root_span_id" }
      : undefined,
  read,
};

/** What the API calls the list of a page. */
function spansIn(value: JsonObject): readonly JsonObject[] {
  return listedObjects(value, ["events", "data", "rows"]);
}

async function* read(input: ChatInput): AsyncGenerator<ChatRecord, void, undefined> {
  const scorers = new Set<string>();
  const reader = {
    judgements: "scores",
    read: (value: JsonObject, document: ChatDocument) => readDocument(value, { document, scorers }),
  };
  // All spans were read before the first record is made of them, so that all scorers are known.
  for await (const record of readTraces(input, reader)) {
    yield record.kind === "judged"
      ? { ...record, judgements: record.judgements.map((each) => withJudge(each, scorers)) }
      : record;
  }
}

function readDocument(
  value: JsonObject,
  { document, scorers }: { document: ChatDocument; scorers: Set<string> },
): TraceItems {
  const all = spansIn(carriedDocument(value, document)).filter(isSpan);
  for (const name of all.map(scorerOf)) {
    if (name !== undefined) {
      scorers.add(name);
    }
  }
  const steps = all.filter((span) => scorerOf(span) === undefined);
  const spans = steps.map((span) => readSpan(span, document.at));
  const judgements = spans.flatMap(({ id: span, trace }, index) =>
    readJudgements(steps[index]!).map((judgement) => ({ span, trace, judgement })),
  );
  return { spans, judgements };
}

/** A score of the same name as a scorer is the scorer's. */
function withJudge(judgement: Judgement, scorers: ReadonlySet<string>): Judgement {
  return judgement.kind === "score" && scorers.has(judgement.name)
    ? { ...judgement, by: "model" }
    : judgement;
}
