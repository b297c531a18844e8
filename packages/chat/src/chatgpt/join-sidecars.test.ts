import { describe, expect, it } from "vitest";
import { fileOf } from "../../test/chat-fixtures.ts";
import { convertFiles } from "../../test/real-data.ts";

function message(id: string, role: string, text: string): object {
  const content = { content_type: "text", parts: [text] };
  return { id, author: { role }, content, status: "finished_successfully", weight: 1, recipient: "all" };
}

/** A conversation in which one message has two answers. */
function conversation(id: string | undefined, question: string): object {
  const node = (key: string, parent: string | null, role: string, text: string): [string, object] => [
    key,
    { id: key, parent, children: [], message: message(key, role, text) },
  ];
  const nodes = [
    node("u", null, "user", question),
    node("a", "u", "assistant", "A"),
    node("b", "u", "assistant", "B"),
  ];
  return { ...(id === undefined ? {} : { id }), create_time: 1, mapping: Object.fromEntries(nodes) };
}

function thumbs(conversationId: string | undefined): object[] {
  return ["thumbs_up", "thumbs_down"].map((rating, index) => ({
    id: index === 0 ? "a" : "b",
    conversation_id: conversationId,
    rating,
  }));
}

const convert = async (conversations: object[], feedback: object[]): Promise<number> => {
  const files = [fileOf(conversations, "1.json"), fileOf(feedback, "2.json")];
  return (await convertFiles(files, { from: "chatgpt" })).pairs.length;
};

describe("thumbs beside ChatGPT's conversations", () => {
  const id = "0b1c2d3e-4f50-6172-8394-a5b6c7d8e9f0";

  it("count in the conversation that they name, in any spelling of its id", async () => {
    const both = [conversation(id, "Q"), conversation("another", "Z")];
    expect(await convert(both, thumbs(id))).toBe(1);
    expect(await convert(both, thumbs(id.replaceAll("-", "")))).toBe(1);
    expect(await convert(both, thumbs("gone"))).toBe(0);
  });

  it("count where the conversation has no id", async () => {
    expect(await convert([conversation(undefined, "Q")], thumbs(id))).toBe(1);
  });
});
