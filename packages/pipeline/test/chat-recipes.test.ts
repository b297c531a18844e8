import { describe, expect, test } from "vitest";
import { runRecipe } from "../src/node.ts";
import { type Workspace, workspace } from "./workspace.ts";

/** A question with an answer in each of two models, one with a thumb up, one with a thumb down. */
function chat(id: string, models: readonly [string, string], ratings: readonly [number, number]): object {
  const answer = (index: 0 | 1): [string, object] => [
    `${id}-${index}`,
    {
      id: `${id}-${index}`,
      parentId: `${id}-question`,
      role: "assistant",
      content: `Answer ${index} of ${id}`,
      model: models[index],
      done: true,
      annotation: { rating: ratings[index] },
    },
  ];
  const question = { id: `${id}-question`, parentId: null, role: "user", content: `Question ${id}` };
  const messages = Object.fromEntries([[question.id, question], answer(0), answer(1)]);
  return { id, chat: { title: id, history: { currentId: `${id}-1`, messages } } };
}

const task = (id: number, selected: string): object => ({
  id,
  data: { prompt: `Task ${id}`, answer1: `Left ${id}`, answer2: `Right ${id}` },
  annotations: [{ result: [{ type: "pairwise", value: { selected } }] }],
});

const chats = JSON.stringify([
  chat("a", ["small", "large"], [-1, 1]),
  chat("b", ["small", "small"], [1, -1]),
]);
const tasks = [task(1, "left"), task(2, "right")].map((each) => `${JSON.stringify(each)}\n`).join("");

async function promptsOf(from: string, where: string): Promise<string[]> {
  const made = await recipeOn(from, where);
  await runRecipe(made.path("recipe.yaml"), {});
  const lines = (await made.readLines("out/train.jsonl")) as unknown as {
    input: { messages: { content: string }[] };
  }[];
  return lines.map(({ input }) => input.messages[0]!.content);
}

function recipeOn(from: string, where: string): Promise<Workspace> {
  return workspace({
    "chats.json": chats,
    "tasks.jsonl": tasks,
    "recipe.yaml": `version: 1\nsources:\n  - from: ${from}\n    where: ${where}\noutput: { dir: out }\n`,
  });
}

describe("a condition on chat logs", () => {
  test.each([
    ["chats.json", "preferredModel = 'large'", ["Question a"]],
    ["chats.json", "preferredModel = nonPreferredModel", ["Question b"]],
    ["chats.json", "conversation != 'a'", ["Question b"]],
    ["chats.json", "'@rule = ''thumbs'' and @record = 0'", ["Question a"]],
    ["tasks.jsonl", "placement = 'right'", ["Task 2"]],
    ["tasks.jsonl", "'@line = 1'", ["Task 1"]],
  ])("%s: %s looks at what is known of the pair", async (from, where, prompts) => {
    expect(await promptsOf(from, where)).toEqual(prompts);
  });

  test("counts the pairs that do not meet it", async () => {
    const made = await recipeOn("chats.json", "preferredModel = 'large'");
    const { ledgers } = await runRecipe(made.path("recipe.yaml"), {});
    expect(ledgers.pairs.filtered).toEqual(new Map([["where", 1]]));
  });

  test("on members of the export is refused: they are not kept with the pairs", async () => {
    const made = await recipeOn("chats.json", "title = 'a'");
    await expect(runRecipe(made.path("recipe.yaml"), {})).rejects.toMatchObject({
      code: "RECIPE_FIELD_UNKNOWN",
    });
  });
});
