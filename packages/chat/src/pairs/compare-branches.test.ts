import { describe, expect, it } from "vitest";
import type { ChatNodeInput } from "../model/chat-node.ts";
import { buildConversation, type ConversationFacts } from "../model/conversation.ts";
import { emptyChatCounts } from "./chat-counts.ts";
import { convertConversation } from "./convert-conversation.ts";
import { signalNames } from "./signals.ts";

/** The signals of the pairs that are made with all of them on, each with the better answer. */
function keptBy(
  nodes: readonly ChatNodeInput[],
  alternatives: ConversationFacts["alternatives"] = "kept",
): string[] {
  const conversation = buildConversation(nodes, { id: "c", alternatives });
  const judged = { at: { source: "test" }, conversation, judgements: [] };
  const outcome = convertConversation(judged, { signals: signalNames }, emptyChatCounts());
  const pairs = outcome.kind === "pairs" ? outcome.pairs : [];
  return pairs.map(({ rule, example }) => `${rule}: ${example.preferred_output[0]!.content}`);
}

describe("what going on from one answer says", () => {
  const user: ChatNodeInput = { id: "u", role: "user", content: "Capital of France?" };
  const a: ChatNodeInput = { id: "a", parent: "u", role: "assistant", content: "A" };
  const b: ChatNodeInput = { id: "b", parent: "u", role: "assistant", content: "B" };
  const next: ChatNodeInput = { id: "v", parent: "b", role: "user", content: "Thanks" };

  it("is of another kind where models answered side by side", () => {
    const beside = [user, { ...a, parallel: true }, { ...b, parallel: true }, next];
    expect(keptBy(beside)).toEqual(["parallel: B"]);
    expect(keptBy([user, { ...a, parallel: true }, b, next])).toEqual(["kept: B"]);
  });

  it.each([
    ["kept", ["kept: B"]],
    ["swipe", ["swipe: B"]],
    ["none", []],
  ] as const)("depends on what the alternatives are: %s", (alternatives, pairs) => {
    expect(keptBy([user, a, b, next], alternatives)).toEqual(pairs);
  });
});
