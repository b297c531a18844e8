import { readFileSync } from "node:fs";
import { createPairBatchEncoder } from "@dpo-kit/batch";
import * as io from "@dpo-kit/io";
import * as ioNode from "@dpo-kit/io/node";
import { expect, test, vi } from "vitest";
import * as split from "../src/index.ts";
import * as node from "../src/node.ts";

const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8");

test("the example of the README runs: pairs of one prompt are on one side", async () => {
  const code = /```ts\n(.*?)```/su.exec(readme)![1]!.replace(/^import .*$/gmu, "");
  const log = vi.fn();
  const AsyncFunction = (async () => {}).constructor as new (
    ...parts: string[]
  ) => (...args: unknown[]) => Promise<void>;
  const names = ["createPairBatchEncoder", "createHashSplit", "createLeakCheck", "console"];
  const run = new AsyncFunction(...names, code);
  await run(createPairBatchEncoder, split.createHashSplit, split.createLeakCheck, { log });
  const [[sides], [shared]] = log.mock.calls as [[string], [number]];
  const [first, , third] = sides.split(" ");
  expect(first).toBe(third);
  expect(shared).toBe(0);
});

test("the README names what is exported", () => {
  const named = [...readme.matchAll(/`(\w+)\(/gu)].map(([, name]) => name!);
  expect(named.length).toBeGreaterThan(10);
  const exported = { ...split, ...node, ...io, ...ioNode, notes: true };
  expect(named.filter((name) => !(name in exported))).toEqual([]);
});

test("the README names every reducer", () => {
  const reducers = Object.keys(split).filter((name) => name.startsWith("create"));
  expect(reducers.filter((name) => !readme.includes(`\`${name}(`))).toEqual([]);
});
