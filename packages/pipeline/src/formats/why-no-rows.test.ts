import { decodeText } from "@dpo-kit/io";
import { describe, expect, test } from "vitest";
import { chooseFormat } from "./formats.ts";

const pretty = JSON.stringify({ prompt: "Hi", chosen: "a", rejected: "b" }, null, 2);

describe("a text without rows that can be read", () => {
  test.each([
    ["[]", "it holds no rows"],
    ["[null, 1]", "its rows are no objects with names and values"],
    ['{"a":1,"a":2}\n', "its first row, at 1:8, cannot be read: A key stands twice in one JSON object"],
    ["{'a':1}\n", 'expected a property name in double quotes or "}", found'],
  ])("%j is told of: %s", async (content, why) => {
    await expect(chooseFormat(await decodeText(content), { inputs: [] }, "in.json")).rejects.toMatchObject({
      code: "RUN_FORMAT_UNKNOWN",
      message: expect.stringContaining(why),
    });
  });

  test("may have a first row that is too long", async () => {
    const text = await decodeText(`{"a":"${"a".repeat(2_000_000)}"}\n`);
    await expect(chooseFormat(text, { inputs: [] }, "in.json")).rejects.toMatchObject({
      message: expect.stringContaining("its first row is longer than 1048576 bytes"),
    });
  });

  test.each([
    ["objects over several lines", `${pretty}\n${pretty}\n`],
    ["objects on one line", '{"a":1}{"a":2}'],
    ["lines that end as they did long ago", '{"a":1}\r{"a":2}\r'],
  ])("%s: how to write them", async (_, content) => {
    await expect(chooseFormat(await decodeText(content), { inputs: [] }, "in.json")).rejects.toMatchObject({
      hint: expect.stringContaining("jq -c"),
    });
  });
});
