import { describe, expect, it } from "vitest";
import type { ChatNodeInput } from "./chat-node.ts";
import { buildConversation } from "./conversation.ts";
import { TurnTree } from "./turns.ts";

/** Nodes written as `id<parent`; the first letter tells the role. */
function treeOf(text: string, activeLeaf?: string): TurnTree {
  const roles = { u: "user", a: "assistant", t: "tool", s: "system" } as const;
  const nodes = text.split(" ").map((each): ChatNodeInput => {
    const [id, parent] = each.split("<");
    return { id: id!, parent: parent ?? null, role: roles[id![0] as keyof typeof roles], content: id! };
  });
  return new TurnTree(buildConversation(nodes, { id: "c", activeLeaf }));
}

function turnsOf(tree: TurnTree): string[] {
  return [...tree.all()].map(
    (turn) => `${turn.base}: ${tree.messages(turn).map(({ id }) => id)} > ${turn.followedBy}`,
  );
}

describe("turns", () => {
  it("go from below a user's message to the next one, or to the end", () => {
    const tree = treeOf("s u1<s a1<u1 t1<a1 a2<t1 u2<a2 a3<u2");
    expect(turnsOf(tree)).toEqual(["u1: a1,t1,a2 > u2", "u2: a3 > "]);
  });

  it("are siblings where they answer one message, however they begin", () => {
    const tree = treeOf("u a1<u a2<u t1<a2 a3<t1 a4<t1 u2<u");
    expect(tree.of("u").map(({ end }) => end)).toEqual(["a1", "a3", "a4"]);
  });

  it("are found by any of their messages, along the active way", () => {
    const tree = treeOf("u a1<u a2<a1 a3<a1", "a3");
    expect(["a1", "a2", "a3", "u", "gone"].map((id) => tree.at(id)?.end)).toEqual([
      "a3",
      "a2",
      "a3",
      undefined,
      undefined,
    ]);
  });

  it("without an assistant's message are none; greetings answer nobody", () => {
    expect(turnsOf(treeOf("s a1 u1<a1 s2<u1 u2<s2"))).toEqual(["null: a1 > u1"]);
  });

  it("are found in cycles, in orphans, and as deep as there is memory", () => {
    expect(turnsOf(treeOf("u1<a1 a1<u1 a2<gone"))).toEqual(["u1: a1 > ", "null: a2 > "]);
    const deep = Array.from(
      { length: 100_000 },
      (_, index) => `a${index}<${index === 0 ? "u" : `a${index - 1}`}`,
    );
    expect([...treeOf(`u ${deep.join(" ")}`).all()].map(({ end }) => end)).toEqual(["a99999"]);
  });
});
