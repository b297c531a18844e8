import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { expect, test } from "vitest";
import { runProcess } from "../src/run-process.ts";
import { temporaryFolder } from "../src/temporary-folder.ts";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const checker = join(root, "tooling", "check-boundaries.mjs");

/** The problems that the checker finds in a workspace of these files. */
async function problemsOf(files: Record<string, string>): Promise<string[]> {
  const folder = await temporaryFolder();
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  }
  const script = `import { findBoundaryProblems } from ${JSON.stringify(pathToFileURL(checker).href)};
    console.log(JSON.stringify(findBoundaryProblems(${JSON.stringify(folder)})));`;
  const { stdout, stderr } = await runProcess(process.execPath, ["--input-type=module", "-e", script]);
  expect(stderr).toBe("");
  return JSON.parse(stdout) as string[];
}

const io = {
  name: "@dpo-kit/io",
  dependencies: { "@dpo-kit/schema": "workspace:*", "@dpo-kit/batch": "workspace:*", zod: "4" },
  devDependencies: { "@dpo-kit/testkit": "workspace:*", vitest: "4" },
};
const manifest = { "packages/io/package.json": JSON.stringify(io) };

/** Written apart, so that the checker does not take the samples below for imports of this file. */
const neighbour = "@dpo-kit/batch";
const tool = "@dpo-kit/testkit";

test.each([
  ["a neighbour", "a.ts", `import { encode } from "${neighbour}";`, "layer"],
  ["the type of a neighbour", "a.ts", `import type { PairBatch } from "${neighbour}";`, "layer"],
  ["a neighbour, handed on", "a.ts", `export * from "${neighbour}/node";`, "layer"],
  ["a neighbour over several lines", "a.ts", `import {\n  one,\n  two,\n} from "${neighbour}";`, "layer"],
  ["a neighbour, later", "a.ts", `const batch = await import("${neighbour}");`, "layer"],
  ["a neighbour in a type", "a.ts", `type Batch = import("${neighbour}").PairBatch;`, "layer"],
  ["an undeclared package", "a.ts", 'import papaparse from "papaparse";', "not declared"],
  ["a development tool in what ships", "a.ts", 'import { test } from "vitest";', "not declared"],
  ["a file of another package", "a.ts", 'import "../../schema/src/index.ts";', "leaves the package"],
  ["a builtin in portable code", "a.ts", 'import { open } from "node:fs/promises";', "Node builtin"],
  ["a builtin by its old name", "deep/a.ts", 'import fs from "fs";', "Node builtin"],
  ["a test in what ships", "a.ts", 'import { helper } from "./a.test.ts";', "is a test"],
])("%s is found", async (_, path, code, expected) => {
  expect(await problemsOf({ ...manifest, [`packages/io/src/${path}`]: code })).toEqual([
    expect.stringMatching(new RegExp(`^packages/io/src/${path}: .*${expected}`)),
  ]);
});

test.each([
  ["the layer below", "a.ts", 'import { createIssue } from "@dpo-kit/schema";'],
  ["a declared package's entry", "a.ts", 'import { z } from "zod/mini";'],
  ["a builtin in the Node entry", "node.ts", 'export { open } from "node:fs/promises";'],
  ["a builtin below the Node entry", "node/a.ts", 'import { open } from "node:fs/promises";'],
  ["tools in a test", "a.test.ts", `import "vitest"; import "${tool}"; import "node:fs";`],
  [
    "an import that a comment shows",
    "a.ts",
    `/**\n * import { x } from "${neighbour}";\n */\n// import "fs";`,
  ],
])("%s is allowed", async (_, path, code) => {
  expect(await problemsOf({ ...manifest, [`packages/io/src/${path}`]: code })).toEqual([]);
});

test("a package that no layer names is found", async () => {
  const problems = await problemsOf({ "packages/new/package.json": '{"name":"@dpo-kit/new"}' });
  expect(problems).toEqual([expect.stringContaining("@dpo-kit/new")]);
});

test("this workspace keeps the rules", async () => {
  const { stderr, exitCode } = await runProcess(process.execPath, [checker]);
  expect({ stderr, exitCode }).toEqual({ stderr: "Boundaries: no problem.\n", exitCode: 0 });
});
