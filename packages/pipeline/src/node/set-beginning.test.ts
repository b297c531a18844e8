import type { Outcome } from "@dpo-kit/preference";
import { describe, expect, test } from "vitest";
import type { SourceMember, SourceSet } from "../source-set.ts";
import { beginningOf } from "./set-beginning.ts";

const mebibyte = 1024 * 1024;

function member(name: string, bytes: number): SourceMember {
  const open = async function* (): AsyncGenerator<Uint8Array> {
    for (let left = bytes; left > 0; left -= mebibyte) {
      yield new Uint8Array(Math.min(left, mebibyte)).fill(0x61);
    }
  };
  return { name, baseName: name, path: name, size: bytes, rereadable: true, open };
}

const setOf = (...members: SourceMember[]): SourceSet => ({ name: "set", kind: "folder", members });

async function lengthOf({ open }: SourceMember): Promise<number> {
  let length = 0;
  for await (const chunk of open()) {
    length += chunk.length;
  }
  return length;
}

describe("the beginning of a set", () => {
  test("is all of it where it is small", async () => {
    const { isComplete, set } = beginningOf(setOf(member("a", 10), member("b", 4 * mebibyte)));
    expect(await Promise.all(set.members.map(lengthOf))).toEqual([10, 4 * mebibyte]);
    expect(isComplete()).toBe(true);
  });

  test("holds the start of a large file", async () => {
    const { isComplete, set } = beginningOf(setOf(member("a", 5 * mebibyte)));
    expect(await lengthOf(set.members[0]!)).toBe(4 * mebibyte);
    expect(isComplete()).toBe(false);
  });

  test("of many files are the small ones, of those that are read, in their order", () => {
    const large = Array.from({ length: 12 }, (_, index) => member(`chats-${index}`, 100 * mebibyte));
    const all = [...large, member("feedback", 10), member("picture", 1)];
    const files = all.map(({ name }) => name).filter((name) => name !== "picture");
    const { isComplete, set } = beginningOf(setOf(...all), files);
    const names = set.members.map(({ name }) => name);
    expect(names).toEqual([...large.slice(0, 7).map(({ name }) => name), "feedback"]);
    expect(isComplete()).toBe(false);
  });

  test("leaves out what is damaged only by the cut", async () => {
    const { judge, set } = beginningOf(setOf(member("cut", 5 * mebibyte), member("whole", 10)));
    await Promise.all(set.members.map(lengthOf));
    const rejected = (source: string, ordinal: number): Outcome => ({
      kind: "rejected",
      at: { source, ordinal },
      issues: [],
    });
    const outcomes = [rejected("cut", 0), rejected("cut", 1), rejected("whole", 2)];
    const judged: Outcome[] = [];
    for await (const outcome of judge(listed(outcomes))) {
      judged.push(outcome);
    }
    expect(judged).toEqual([outcomes[0], outcomes[2]]);
  });
});

async function* listed(outcomes: readonly Outcome[]): AsyncGenerator<Outcome> {
  yield* outcomes;
}
