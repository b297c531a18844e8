import type { AssistantMessage, ToolCall } from "@dpo-kit/schema";
import { trimWhiteSpace } from "@dpo-kit/schema";
import fc from "fast-check";
import { expect, it } from "vitest";
import { sameAnswer } from "./same-answer.ts";

const text = (content: string): AssistantMessage => ({ role: "assistant", content });
const calls = (...list: [name: string, text: string, id?: string][]): AssistantMessage => ({
  role: "assistant",
  tool_calls: list.map(
    ([name, args, id]): ToolCall => ({
      id: id ?? "call_1",
      type: "function",
      function: { name, arguments: args },
    }),
  ),
});

it.each<[boolean, AssistantMessage, AssistantMessage]>([
  [true, text("a"), text("a")],
  [true, text("a"), text("\u00a0\u0085\u2028 a\ufeff\n")],
  [true, text("。"), text("。\u3000")],
  [false, text("a"), text("A")],
  [false, text("a b"), text("a  b")],
  [false, text("\u200b"), text("")],
  [false, text("é"), text("e\u0301")],
  [true, text(""), { role: "assistant", content: null }],
  [
    true,
    text("ab"),
    {
      role: "assistant",
      content: [
        { type: "text", text: "a" },
        { type: "text", text: "b" },
      ],
    },
  ],
  [false, text("no"), { role: "assistant", refusal: "no" }],
  [
    true,
    { role: "assistant", refusal: "no " },
    { role: "assistant", content: [{ type: "refusal", refusal: "no" }] },
  ],
  [true, calls(["f", "{}"]), calls(["f", " {} ", "other"])],
  [true, calls(["f", '{"a": [1, 2]}']), calls(["f", '{"a":[1,2]}'])],
  [false, calls(["f", '{"a":1}']), calls(["f", '{"a":1.0}'])],
  [false, calls(["f", "{}"]), calls(["g", "{}"])],
  [false, calls(["f", "{}"]), calls(["f", "{}"], ["f", "{}"])],
  [false, calls(["f", "{}"]), text("")],
  [true, calls(["f", "not JSON"]), calls(["f", "not JSON "])],
  [false, calls(["f", '"unclosed']), calls(["f", '{"unclosed'])],
  [true, calls(["f", "{}"]), { role: "assistant", function_call: { name: "f", arguments: "{}" } }],
])("%s: %j and %j", (same, one, other) => {
  expect(sameAnswer(one, other)).toBe(same);
  expect(sameAnswer(other, one)).toBe(same);
});

it("is equality after trimming, of any two texts", () => {
  const piece = fc.constantFrom(
    "a",
    "b",
    " ",
    "\n",
    "\u0085",
    "\u3000",
    "\ufeff",
    "\u2003",
    "\u1680",
    "é",
    "漢",
  );
  const some = fc.array(piece, { maxLength: 5 }).map((list) => list.join(""));
  fc.assert(
    fc.property(some, some, (one, other) => {
      expect(sameAnswer(text(one), text(other))).toBe(trimWhiteSpace(one) === trimWhiteSpace(other));
    }),
    { numRuns: 1000 },
  );
});
