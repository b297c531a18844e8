import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { runProcess, temporaryFolder } from "@dpo-kit/testkit";
import { expect, test } from "vitest";
import { generateFile } from "../generate/generate-file.ts";

const hasPython = spawnSync("python3", ["--version"]).status === 0;

test.skipIf(!hasPython)("Python writes one canonical line a row", async () => {
  const folder = await temporaryFolder();
  const [input, output] = [join(folder, "in.csv"), join(folder, "out.jsonl")];
  const { rows } = generateFile(input, { bytes: 1_000_000 });
  const script = fileURLToPath(new URL("../../rivals/python_csv.py", import.meta.url));
  expect(await runProcess("python3", [script, input, output])).toMatchObject({ exitCode: 0, stderr: "" });
  const text = readFileSync(output, "utf8");
  expect(text.trimEnd().split("\n").length).toBe(rows);
  expect(text).not.toMatch(/[\u2028\u2029]/u);
  const canonical = text
    .trimEnd()
    .split("\n")
    .map((line) => JSON.stringify(JSON.parse(line)).replaceAll("\u2028", "\\u2028"));
  expect(`${canonical.join("\n")}\n`).toBe(text);
});
