import { collect } from "@dpo-kit/testkit";
import { describe, expect, it } from "vitest";
import { ChatInput } from "../input/chat-input.ts";
import { readMessageList } from "../messages/read-message-list.ts";
import type { Judgement } from "../model/judgement.ts";
import { emptyChatCounts } from "../pairs/chat-counts.ts";
import { convertConversation } from "../pairs/convert-conversation.ts";
import { gatherCalls } from "./gather-calls.ts";
import type { TracedCall } from "./traced-call.ts";

function call(id: string, question: string, answer: string, judgements: Judgement[] = []): TracedCall {
  return {
    id,
    at: { source: "test" },
    input: readMessageList([{ role: "user", content: question }], { prefix: id })!,
    output: readMessageList(answer, { prefix: `${id}-answer`, textRole: "assistant" })!,
    judgements,
  };
}

async function* asCalls(calls: readonly TracedCall[]): AsyncGenerator<TracedCall> {
  yield* calls;
}

describe("calls of equal input", () => {
  it("are answers to one message, in the order of the first calls", async () => {
    const score = (turn: string, value: number): Judgement => ({ kind: "score", turn, value, name: "good" });
    const calls = [
      call("1", "Capital of France?", "Lyon.", [score("1", 0)]),
      call("2", "Capital of Spain?", "Madrid."),
      call("3", "Capital of France?", "Paris.", [score("3", 1)]),
    ];
    const records = await collect(gatherCalls(asCalls(calls), new ChatInput([])));
    const outcomes = records.map((record) =>
      record.kind === "judged" ? convertConversation(record, {}, emptyChatCounts()) : record,
    );
    expect(outcomes).toMatchObject([
      {
        kind: "pairs",
        pairs: [{ rule: "score", margin: 1, example: { preferred_output: [{ content: "Paris." }] } }],
      },
      { kind: "skipped", reason: "no-candidates" },
    ]);
  });

  it("are not known to be equal where there are images", async () => {
    const image = (id: string): TracedCall => ({
      ...call(id, "", "A"),
      input: readMessageList([{ role: "user", content: [{ type: "image_url", image_url: { url: id } }] }], {
        prefix: id,
      })!,
    });
    const records = await collect(gatherCalls(asCalls([image("1"), image("2")]), new ChatInput([])));
    expect(records.length).toBe(2);
  });
});
