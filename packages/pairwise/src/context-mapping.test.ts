import type { JsonObject } from "@dpo-kit/schema";
import { describe, expect, test } from "vitest";
import { type ContextMapping, mapContext } from "./context-mapping.ts";
import type { PairwiseMappingOptions } from "./mapping-options.ts";
import { sampleOf } from "./row-sample.ts";

const user = [{ role: "user", content: "Hi" }];
const answered = [...user, { role: "assistant", content: "Hello" }];

function find(rows: JsonObject[], options: PairwiseMappingOptions = {}): ContextMapping {
  return mapContext(sampleOf(rows), options, ["chosen", "rejected"]);
}

function roles(rows: JsonObject[], options: PairwiseMappingOptions = {}): string[] {
  const { mapping, needsFlag } = find(rows, options);
  return [...mapping.map(({ role, column }) => `${role}=${column}`), ...(needsFlag ? ["asks"] : [])];
}

const answers = { chosen: "a", rejected: "b" };

describe("the columns of the prompt", () => {
  test.each<[string, JsonObject, string[]]>([
    ["a text", { prompt: "Hi" }, ["prompt=prompt"]],
    ["a text by another name", { question: "Hi" }, ["prompt=question"]],
    ["messages", { conversations: user }, ["prompt=conversations"]],
    [
      "a history and the prompt after it",
      { history: [["q", "a"]], instruction: "Hi" },
      ["messages=history", "prompt=instruction"],
    ],
    [
      "a conversation that was answered, and a prompt",
      { messages: answered, prompt: "Next" },
      ["messages=messages", "prompt=prompt"],
    ],
    ["messages that hold the prompt already", { messages: answered, prompt: "Hi" }, ["prompt=messages"]],
    [
      "an instruction with its input",
      { instruction: "Do", input: "x" },
      ["prompt=instruction", "input=input"],
    ],
    ["an instruction with an empty input", { instruction: "Do", input: "" }, ["prompt=instruction"]],
    ["a prompt and its copy", { question: "Hi", prompt: "Hi" }, ["prompt=prompt"]],
    ["two texts", { question: "Hi", context: "There" }, ["prompt=question", "asks"]],
    ["messages that wait and another text", { messages: user, prompt: "Other" }, ["prompt=messages", "asks"]],
    [
      "system, tools and images beside it",
      { prompt: "Hi", system_prompt: "S", functions: [], images: [1] },
      ["prompt=prompt", "system=system_prompt", "tools=functions", "media=images"],
    ],
    ["nothing known", { id: 1 }, []],
  ])("%s", (_, row, expected) => {
    expect(roles([{ ...row, ...answers }])).toEqual(expected);
  });

  test("rows without the answers say nothing about them", () => {
    expect(roles([{ prompt: "Hi", ...answers }, { messages: answered }])).toEqual(["prompt=prompt"]);
  });

  test("in rows of two layouts the more frequent one is the prompt's, and the other is known", () => {
    const rows = [{ prompt: "1" }, { prompt: "2" }, { question: "3" }].map((row) => ({ ...row, ...answers }));
    expect(roles(rows)).toEqual(["prompt=prompt", "other prompt=question"]);
  });

  test("what the user names is taken, and nothing else", () => {
    const row = { question: "Hi", context: "There", system: "S", ...answers };
    expect(roles([row], { columns: { prompt: "Context", system: null } })).toEqual(["prompt=context"]);
  });

  test("asks with flags to type", () => {
    const { needsFlag } = find([{ question: "Hi", context: "There", ...answers }]);
    expect(needsFlag?.hint).toContain("--columns prompt=question  or  --columns prompt=context");
  });

  test("the number of columns does not matter", () => {
    const row = Object.fromEntries(Array.from({ length: 2_000 }, (_, index) => [`column ${index}`, "x"]));
    expect(roles([{ ...row, prompt: "Hi", ...answers }])).toEqual(["prompt=prompt"]);
  });
});
