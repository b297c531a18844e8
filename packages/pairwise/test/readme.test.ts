import { readFileSync } from "node:fs";
import { expect, test, vi } from "vitest";
import * as pairwise from "../src/index.ts";

const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8");

test("the example of the README runs and prints a pair", async () => {
  const code = /```ts\n(.*?)```/su.exec(readme)![1]!.replace(/^import .*$/mu, "");
  const log = vi.fn();
  const AsyncFunction = (async () => {}).constructor as new (
    ...parts: string[]
  ) => (...args: unknown[]) => Promise<void>;
  const run = new AsyncFunction("convertPairwise", "console", code);
  await run(pairwise.convertPairwise, { log, error: expect.unreachable });
  expect(log.mock.calls).toEqual([
    [
      JSON.stringify({
        input: { messages: [{ role: "user", content: "What is 2 + 2?" }] },
        preferred_output: [{ role: "assistant", content: "4" }],
        non_preferred_output: [{ role: "assistant", content: "5" }],
      }),
    ],
  ]);
});

test("the README names what is exported", () => {
  const named = [...readme.matchAll(/`(\w+)\(/gu)].map(([, name]) => name!);
  expect(named.length).toBeGreaterThan(4);
  expect(named.filter((name) => !(name in pairwise))).toEqual([]);
});

test("the README lists every shape, in their order", () => {
  const listed = [...readme.matchAll(/^\| `([a-z][a-z-]+)` /gmu)].map(([, id]) => id);
  expect(listed).toEqual(pairwise.shapes.map(({ id }) => id));
});
