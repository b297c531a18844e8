import { decodeText } from "@dpo-kit/io";
import { collect } from "@dpo-kit/testkit";
import { describe, expect, test } from "vitest";
import { withWholeRow } from "./whole-first-row.ts";

const row = (length: number): string => JSON.stringify({ prompt: "a".repeat(length) });
const mebibyte = 1024 * 1024;

describe("the beginning of a text", () => {
  test.each([
    ["JSON Lines", `${row(2 * mebibyte)}\n${row(3 * mebibyte)}\n`],
    ["an array", `[${row(2 * mebibyte)},${row(3 * mebibyte)}]`],
    ["one row", row(2 * mebibyte)],
  ])("of %s reaches beyond its first row, and nothing is lost", async (_, content) => {
    const text = await withWholeRow(await decodeText(content));
    expect(text.head.length).toBe(Math.min(4 * mebibyte, content.length));
    expect(text.headIsComplete).toBe(content.length <= 4 * mebibyte);
    expect(Buffer.concat(await collect(text.chunks)).equals(Buffer.from(content))).toBe(true);
  });

  test.each([
    ["rows that fit", `${row(10)}\n`.repeat(100_000)],
    ["rows that cannot be read", '{"a":\n'.repeat(300_000)],
    ["a table", `prompt,chosen\n${"a".repeat(2 * mebibyte)}`],
  ])("of %s is what is looked at anyway", async (_, content) => {
    expect((await withWholeRow(await decodeText(content))).head.length).toBe(mebibyte);
  });
});
