import { collect } from "@dpo-kit/testkit";
import { describe, expect, test } from "vitest";
import { chatFormats, convertChat, holdsPreferences } from "../src/index.ts";
import { fileOf } from "./chat-fixtures.ts";

const score = { id: "s", traceId: "t", name: "good", source: "ANNOTATION", dataType: "NUMERIC", value: 1 };
const thumb = { id: "m", conversation_id: "c", rating: "thumbs_up", content: "{}" };
const comparison = { original_message_id: "a", new_message_id: "b", rating: "new", conversation_id: "c" };
const rating = {
  id: "f",
  type: "rating",
  data: { rating: 1 },
  meta: { message_id: "m", chat_id: "c" },
};
const annotation = { span_id: "s", name: "good", annotator_kind: "HUMAN", result: { score: 1 } };
const feedback = { id: "f", run_id: "r", key: "good", score: 1, feedback_source: { type: "app" } };
const evaluated = {
  eventName: "gen_ai.evaluation.result",
  traceId: "0af7651916cd43dd8448eb211c80319c",
  spanId: "b7ad6b7169203331",
  attributes: [
    { key: "gen_ai.evaluation.name", value: { stringValue: "good" } },
    { key: "gen_ai.evaluation.score.value", value: { doubleValue: 1 } },
  ],
};
const evaluation = { resourceLogs: [{ scopeLogs: [{ logRecords: [evaluated] }] }] };
const evaluationTask = {
  messageEvaluationTask: {
    format: "message-single-selection",
    data: { messageId: "m", parentMessageId: "p" },
  },
  dataRow: { id: "r" },
};
const like = { message_id: "m", conversation_id: "c", rating: "like", from_source: "user", content: null };

const alone: [format: string, what: string, entries: readonly object[]][] = [
  ["chatgpt", "message_feedback", [thumb]],
  ["chatgpt", "model_comparisons", [comparison]],
  ["chatgpt", "feedback with a comment beside it", [thumb, { ...thumb, id: "n", rating: null }]],
  ["open-webui", "feedback without snapshots", [rating]],
  ["langfuse", "scores", [score]],
  ["langsmith", "feedback", [feedback, { ...feedback, id: "g", score: null, value: "a comment" }]],
  ["phoenix", "annotations", [annotation]],
  ["opentelemetry", "evaluations", [evaluation]],
  ["portkey", "feedback", [{ trace_id: "t", value: 5, weight: 1 }]],
  ["dify", "feedback", [like]],
  ["labelbox", "tasks without messages", [evaluationTask]],
];

async function refusalOf(name: string, text: string): Promise<unknown> {
  return collect(convertChat([fileOf(text, name)])).then(
    (outcomes) => outcomes,
    (error: unknown) => error,
  );
}

describe("judgements whose messages are not there are refused, with what to give beside them", () => {
  test.each(alone)("%s: %s", async (_format, _what, entries) => {
    const lines = entries.map((entry) => `${JSON.stringify(entry)}\n`).join("");
    for (const text of [JSON.stringify(entries), lines]) {
      expect(await refusalOf("alone.json", text)).toMatchObject({
        code: "CHAT_SIDECAR_ALONE",
        hint: expect.stringMatching(/^(?:Give|Get|Export) .*\.$/u),
      });
    }
  });

  test("is shown for every format that says what to give", () => {
    const shown = new Set(alone.map(([format]) => format));
    const telling = chatFormats.filter((each) => holdsPreferences(each) && each.beside !== undefined);
    expect(telling.map(({ id }) => id).filter((id) => !shown.has(id))).toEqual([]);
  });

  test("not beside something of which records come", async () => {
    const run = {
      id: "other",
      run_type: "llm",
      trace_id: "other",
      inputs: { messages: [{ role: "user", content: "Hi" }] },
      outputs: { role: "assistant", content: "Hello" },
    };
    const files = [fileOf([feedback], "feedback.json"), fileOf([run], "runs.json")];
    expect(await collect(convertChat(files))).toHaveLength(1);
  });
});
