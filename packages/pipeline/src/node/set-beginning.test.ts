import { describe, expect, test } from "vitest";
import type { SourceMember, SourceSet } from "../source-set.ts";
import { beginningOf } from "./set-beginning.ts";

const mebibyte = 1024 * 1024;

function member(name: string, bytes: number): SourceMember {
  const open = async function* (): AsyncGenerator<Uint8Array> {
    for (let left = bytes; left > 0; left -= mebibyte) {
      yield new Uint8Array(Math.min(left, mebibyte)).fill(0x61).fill(0x0a, -1);
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

  test.each([
    ["an array", "[", '{"a":"x"},', '{"a":"x"}]'],
    ["lines", "", '{"a":"x"}\n', '{"a":"x"}\n'],
    ["a table", "a,b\n", "1,2\n", "1,2\n"],
  ])("of %s ends with a whole record", async (_, start, record, last) => {
    const text = start + record.repeat(1_200_000);
    const { isComplete, set } = beginningOf(setOf(textMember("a", text)));
    const beginning = await textOf(set.members[0]!);
    expect(isComplete()).toBe(false);
    expect(beginning.slice(-last.length)).toBe(last);
    expect(beginning.length).toBeGreaterThan(4 * mebibyte - 20);
  });

  test("of one large document is all of it", async () => {
    const text = JSON.stringify({ runs: Array.from({ length: 300_000 }, (_, id) => ({ id })) }, undefined, 1);
    expect(text.length).toBeGreaterThan(4 * mebibyte);
    const { set } = beginningOf(setOf(textMember("a", text), textMember("b", text.replaceAll("\n", ""))));
    expect(await textOf(set.members[0]!)).toBe(text);
    expect(await lengthOf(set.members[1]!)).toBe(text.replaceAll("\n", "").length);
  });
});

function textMember(name: string, text: string): SourceMember {
  const open = async function* (): AsyncGenerator<Uint8Array> {
    yield new TextEncoder().encode(text);
  };
  return { ...member(name, text.length), open };
}

async function textOf({ open }: SourceMember): Promise<string> {
  let text = "";
  for await (const chunk of open()) {
    text += new TextDecoder().decode(chunk);
  }
  return text;
}
