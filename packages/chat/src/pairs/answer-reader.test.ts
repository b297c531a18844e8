import { describe, expect, it } from "vitest";
import type { ChatNodeInput } from "../model/chat-node.ts";
import { buildConversation } from "../model/conversation.ts";
import type { Judgement } from "../model/judgement.ts";
import { emptyChatCounts } from "./chat-counts.ts";
import { convertConversation } from "./convert-conversation.ts";

const question: ChatNodeInput = { id: "u", role: "user", content: "Q" };
const told = (id: string, content: string, parent = "u"): ChatNodeInput => ({
  id,
  parent,
  role: "system",
  content,
});
const said = (id: string, parent = "u"): ChatNodeInput => ({ id, parent, role: "assistant", content: id });

function convert(nodes: readonly ChatNodeInput[], judgement: Judgement): unknown {
  const conversation = buildConversation(nodes, { id: "c" });
  const judged = { at: { source: "test" }, conversation, judgements: [judgement] };
  return convertConversation(judged, {}, emptyChatCounts());
}

const vote: Judgement = { kind: "vote", winner: "A", loser: "B" };

describe("what was hidden between a message and its answers", () => {
  it("is input, before the message that is answered", () => {
    const nodes = [question, told("s", "Be brief."), said("A", "s"), said("B", "s")];
    expect(convert(nodes, vote)).toMatchObject({
      pairs: [
        {
          example: {
            input: {
              messages: [
                { role: "system", content: "Be brief." },
                { role: "user", content: "Q" },
              ],
            },
          },
          transforms: ["hidden-input-to-system"],
        },
      ],
    });
  });

  it("must be the same before both", () => {
    const one = [question, told("s", "Be brief."), said("A", "s"), said("B")];
    expect(convert(one, vote)).toMatchObject({ reason: "divergence" });
    const two = [question, told("s", "X"), told("t", "Y"), said("A", "s"), said("B", "t")];
    expect(convert(two, vote)).toMatchObject({ reason: "divergence" });
  });

  it("counts for nothing where it is empty", () => {
    const nodes = [question, told("s", " "), said("A", "s"), said("B")];
    expect(convert(nodes, vote)).toMatchObject({ kind: "pairs" });
  });
});

describe("input that the export leaves out", () => {
  it.each([true, false])("is told of in the provenance: %s", (hiddenInput) => {
    const nodes = [question, said("A"), said("B")];
    const conversation = buildConversation(nodes, { id: "c", hiddenInput });
    const judged = { at: { source: "test" }, conversation, judgements: [vote] };
    const outcome = convertConversation(judged, {}, emptyChatCounts());
    const { inputComplete } = outcome.kind === "pairs" ? outcome.pairs[0]!.provenance! : {};
    expect(inputComplete).toBe(hiddenInput ? false : undefined);
  });
});

describe("an answer", () => {
  it("holds nothing that a user said", () => {
    const more: ChatNodeInput = { id: "v", parent: "u", role: "user", content: "And?" };
    const nodes = [question, more, said("A", "v"), said("B")];
    expect(convert(nodes, { ...vote, after: "u" })).toMatchObject({ reason: "divergence" });
  });

  it("that somebody wrote is without reasoning, too", () => {
    const edit: Judgement = { kind: "edit", turn: "A", text: "<think>hm</think>\nB", textIs: "edited" };
    expect(convert([question, said("A")], edit)).toMatchObject({
      pairs: [
        { example: { preferred_output: [{ content: "B" }], non_preferred_output: [{ content: "A" }] } },
      ],
    });
  });
});
