import { readFileSync } from "node:fs";
import { withHubServer } from "@dpo-kit/testkit";
import { expect, test, vi } from "vitest";
import * as hub from "../src/index.ts";
import * as node from "../src/node.ts";

const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8");

const AsyncFunction = (async () => {}).constructor as new (
  ...parts: string[]
) => (...args: unknown[]) => Promise<void>;

test("the first example of the README runs and prints the source", async () => {
  const code = /```ts\n(.*?)```/su.exec(readme)![1]!.replace(/^import .*$/gmu, "");
  const name = "HuggingFaceH4/ultrafeedback_binarized";
  const files = {
    "data/train_prefs-00000-of-00001.jsonl": "{}\n",
    "data/test_prefs-00000-of-00001.jsonl": "",
  };
  await withHubServer({ datasets: { [name]: { files } } }, async ({ endpoint, head }) => {
    const log = vi.fn();
    const example = new AsyncFunction("createHubProvider", "readHubEnvironment", "console", code);
    await example(hub.createHubProvider, async () => ({ endpoint }), { log });
    const path = "data/train_prefs-00000-of-00001.jsonl";
    expect(log.mock.calls).toEqual([[`hf://datasets/${name}@${head(name)}/${path}`, 3]]);
  });
});

test("the README names what is exported", () => {
  const named = [...readme.matchAll(/`(\w+)\(/gu)].map(([, name]) => name!);
  expect(named.length).toBeGreaterThan(5);
  expect(
    named.filter((name) => !(name in hub) && !(name in node) && name !== "open" && name !== "slice"),
  ).toEqual([]);
});
