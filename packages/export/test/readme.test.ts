import { readFileSync } from "node:fs";
import { expect, test, vi } from "vitest";
import * as exporting from "../src/index.ts";

const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8");

test("the example of the README runs and prints a row and a loss", () => {
  const code = /```ts\n(.*?)```/su
    .exec(readme)![1]!
    .replace(/^import .*$/mu, "")
    .replaceAll(" as const", "");
  const log = vi.fn();
  const run = new Function("exportExample", "exportTarget", "formatRow", "console", code);
  const { exportExample, exportTarget, formatRow } = exporting;
  run(exportExample, exportTarget, formatRow, { log, error: expect.unreachable });
  expect(log.mock.calls).toEqual([
    [
      JSON.stringify({
        prompt: [{ role: "user", content: "What is 2 + 2?" }],
        chosen: [{ role: "assistant", content: "4" }],
        rejected: [{ role: "assistant", content: "5" }],
      }),
    ],
    [["EXPORT_LOSES_NAMES"]],
  ]);
});

test("the README names what is exported, and every target", () => {
  const named = [...readme.matchAll(/`(\w+)\(\)/gu)].map(([, name]) => name!);
  expect(named.filter((name) => !(name in exporting))).toEqual(["exportFiles"]);
  const listed = [...readme.matchAll(/^\| `([a-z][a-z-]*)` \|/gmu)].map(([, id]) => id!);
  expect(listed).toEqual(exporting.exportTargets.map(({ id }) => id));
});
