import type { Message } from "@dpo-kit/schema";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { havePartedEarly, joinContext, joinConversations, takeContext } from "./join-conversations.ts";

const user = (content: string): Message => ({ role: "user", content });
const assistant = (content: string): Message => ({ role: "assistant", content });

describe("two conversations", () => {
  test("share what stands before their last messages", () => {
    expect(joinConversations([user("q"), assistant("a")], [user("q"), assistant("b")])).toEqual({
      context: [user("q")],
      first: [assistant("a")],
      second: [assistant("b")],
      repeated: 2,
    });
  });

  test("that are the same keep their last message as the answer", () => {
    const same = [user("q"), assistant("a")];
    expect(joinConversations(same, same)).toMatchObject({
      first: [assistant("a")],
      second: [assistant("a")],
    });
  });

  test("that part early have a first turn where both answer there", () => {
    const parted = joinConversations(
      [user("q"), assistant("a"), user("r"), assistant("c")],
      [user("q"), assistant("b"), user("r"), assistant("d")],
    );
    expect(havePartedEarly(parted) && parted.firstTurn).toMatchObject({
      context: [user("q")],
      first: [assistant("a")],
      second: [assistant("b")],
    });
    expect(joinConversations([user("q"), assistant("a")], [user("r"), assistant("b")])).toEqual({});
  });

  test("one of which is empty have the context of the other, and one answer less", () => {
    expect(joinConversations([], [user("q"), assistant("b")])).toEqual({
      context: [user("q")],
      first: [],
      second: [assistant("b")],
      repeated: 1,
    });
    expect(joinConversations([], [])).toEqual({ context: [], first: [], second: [], repeated: 0 });
  });

  test("lose nothing: context and answer are the conversation", () => {
    const message = fc.record({
      role: fc.constantFrom("user" as const, "assistant" as const),
      content: fc.constantFrom("a", "b"),
    });
    const conversation = fc.array(message, { minLength: 1 });
    fc.assert(
      fc.property(conversation, conversation, (first, second) => {
        const joined = joinConversations(first, second);
        if (!havePartedEarly(joined)) {
          expect([...joined.context, ...joined.first]).toEqual(first);
          expect([...joined.context, ...joined.second]).toEqual(second);
        }
      }),
    );
  });
});

describe("a context and two answers", () => {
  test("the answers may have the context in front of them, or only one of them", () => {
    const joined = joinContext([user("q")], [user("q "), assistant("a")], [assistant("b")]);
    expect(joined).toEqual({
      context: [user("q")],
      first: [assistant("a")],
      second: [assistant("b")],
      repeated: 1,
    });
  });

  test("turns of the assistant that the context ends with are not said twice", () => {
    const call: Message = { role: "assistant", content: "call" };
    const context = [user("q"), call, user("result")];
    const joined = joinContext(context, [call, user("result"), assistant("a")], [assistant("b")]);
    expect(joined).toEqual({ context, first: [assistant("a")], second: [assistant("b")], repeated: 1 });
  });

  test("turns that both answers begin with become context", () => {
    const [first, second] = [
      [assistant("x"), user("y"), assistant("a")],
      [assistant("x"), user("y"), assistant("b")],
    ];
    expect(joinContext([user("q")], first, second)).toMatchObject({
      context: [user("q"), assistant("x"), user("y")],
      first: [assistant("a")],
    });
    expect(takeContext([user("q")], first, second)).toBeUndefined();
  });

  test("a system message that only the answers have becomes part of the context", () => {
    const system: Message = { role: "system", content: "s" };
    const joined = joinContext(
      [user("q")],
      [system, user("q"), assistant("a")],
      [system, user("q"), assistant("b")],
    );
    expect(joined).toMatchObject({ context: [system, user("q")] });
  });

  test("answers to something else have parted, unless they agree with each other", () => {
    const [other, more] = [user("other"), user("more")];
    expect(joinContext([user("q")], [other, assistant("a")], [more, assistant("b")])).toEqual({});
    expect(joinContext([user("q")], [other, assistant("a")], [other, assistant("b")])).toMatchObject({
      context: [other],
    });
  });
});
