import { collect } from "@dpo-kit/testkit";
import { describe, expect, test } from "vitest";
import { fileOf } from "../../test/chat-fixtures.ts";
import { readDocuments } from "./read-documents.ts";

async function toldOf(text: string): Promise<unknown[]> {
  const documents = await collect(readDocuments(fileOf(text)));
  return documents.map(({ value, issues: [issue] }) =>
    issue === undefined ? value : [issue.code, issue.location.line, issue.location.path],
  );
}

describe("a file that was cut short", () => {
  test.each<[string, string, unknown[]]>([
    ["in an element of an array", '[{"a":1},{"b":"x', [{ a: 1 }, ["CHAT_FILE_CUT", 1, "$[1]"]]],
    ["behind an element", '[{"a":1}', [{ a: 1 }, ["CHAT_FILE_CUT", 1, "$[1]"]]],
    ["behind a comma", '[{"a":1},\n', [{ a: 1 }, ["CHAT_FILE_CUT", 2, "$[1]"]]],
    ["in an object over several lines", '{\n  "a": 1,\n  "b": [', [["CHAT_FILE_CUT", 3, undefined]]],
    ["in a line", '{"a":1}\n{"b":', [{ a: 1 }, ["CHAT_FILE_CUT", 2, undefined]]],
  ])("%s is told from one with a mistake", async (_, text, told) => {
    expect(await toldOf(text)).toEqual(told);
  });

  test("is not one with a mistake before its end", async () => {
    expect(await toldOf('{"a":\n{"b":1}')).toEqual([["LINE_INVALID_JSON", 1, undefined], { b: 1 }]);
    expect(await toldOf('[{"a":x}]')).toEqual([["LINE_INVALID_JSON", 1, "$[0]"]]);
  });
});

describe("the place of an element", () => {
  test("of an array is told by a path, whatever its line", async () => {
    const documents = await collect(readDocuments(fileOf('[{"a":1},{"b":2},\n {"c":3}]')));
    expect(documents.map(({ at }) => [at.line, at.column, at.path])).toEqual([
      [1, 2, "$[0]"],
      [1, 10, "$[1]"],
      [2, 2, "$[2]"],
    ]);
  });

  test("stands before the path of what is wrong in it", async () => {
    expect(await toldOf('[{"a":1},{"b":{"c":1,"c":2}}]')).toEqual([
      { a: 1 },
      ["IO_JSON_DUPLICATE_KEY", 1, "$[1].b.c"],
    ]);
  });

  test("of a line is the line", async () => {
    const documents = await collect(readDocuments(fileOf('{"a":1}\n{"b":2}\n')));
    expect(documents.map(({ at }) => [at.line, at.path])).toEqual([
      [1, undefined],
      [2, undefined],
    ]);
  });
});
