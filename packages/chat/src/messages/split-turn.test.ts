import { describe, expect, it } from "vitest";
import { splitTurn, type TurnStep } from "./split-turn.ts";

const text = (said: string): TurnStep => ({ kind: "text", text: said });
const call: TurnStep = { kind: "call", call: { id: "c", name: "add", arguments: "{}" } };
const result: TurnStep = { kind: "result", callId: "c", text: "2" };

function shapeOf(steps: readonly TurnStep[]): string[] {
  const nodes = splitTurn(steps, { id: "a", parent: "u", role: "assistant" });
  return nodes.map(
    ({ id, parent, role, content, toolCalls = [] }) =>
      `${id}<${parent} ${role} ${content.length} ${toolCalls.length}`,
  );
}

describe("a message that holds a turn", () => {
  it("of text is one node", () => {
    expect(shapeOf([text("Hi"), text(" there")])).toEqual(["a<u assistant 2 0"]);
  });

  it("with tools is a node for each step, and ends with its own id", () => {
    expect(shapeOf([text("Let me see."), call, result, text("2.")])).toEqual([
      "a/0<u assistant 1 1",
      "a/1<a/0 tool 1 0",
      "a<a/1 assistant 1 0",
    ]);
  });

  it("that ends with a result ends with a tool's node", () => {
    expect(shapeOf([call, call, result, result])).toEqual([
      "a/0<u assistant 0 2",
      "a/1<a/0 tool 1 0",
      "a<a/1 tool 1 0",
    ]);
  });

  it("without anything is an empty node", () => {
    expect(shapeOf([])).toEqual(["a<u assistant 0 0"]);
  });
});
