import { collect } from "@dpo-kit/testkit";
import { describe, expect, test } from "vitest";
import { convertChat } from "../src/index.ts";
import { fileOf } from "./chat-fixtures.ts";

const sides = { A: { text: "a" }, B: { text: "b" }, mapping: { A: "accept", B: "reject" } };
const comparison = { id: "c", content: { input: {}, output: { feedback_step_2: {} } } };
const message = { role: "user", content: "Hi" };

/** A record that is as it should be, for the file to be recognised, and one that is not. */
const damaged: [format: string, path: string, sound: object, damaged: object][] = [
  [
    "label-studio",
    "$[1].annotations",
    { data: { prompt: "Hi" }, annotations: [{ result: [] }] },
    { data: { prompt: "Hi" }, annotations: 5 },
  ],
  [
    "argilla",
    "$[1].responses",
    { fields: { a: "x" }, responses: {} },
    { fields: { a: "x" }, responses: "y" },
  ],
  [
    "prodigy",
    "$[1].options",
    { text: "Hi", answer: "accept", ...sides },
    { text: "Hi", options: 7, answer: "accept" },
  ],
  [
    "labelbox",
    "$[1].messageEvaluationTask",
    { messageEvaluationTask: {}, data_row: { id: "r", messages: [{ id: "m", ...message }] } },
    { messageEvaluationTask: 3, data_row: { id: "r" } },
  ],
  ["chatgpt", "$[1].output", comparison, { id: "c", content: 5 }],
];

describe("what is damaged is rejected, and not told as something that compares nothing", () => {
  test.each(damaged)("%s: %s", async (from, path, sound, broken) => {
    const outcomes = await collect(convertChat([fileOf([sound, broken])], { from }));
    const issues = outcomes.flatMap((outcome) => (outcome.kind === "rejected" ? outcome.issues : []));
    expect(issues).toMatchObject([{ code: "CHAT_RECORD_UNREADABLE", location: { path, line: 1 } }]);
  });
});
