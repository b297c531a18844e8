import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { safeParseRecipe } from "@dpo-kit/pipeline/recipe";
import { temporaryFolder, withHubServer, zipOf } from "@dpo-kit/testkit";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { runWithHub } from "./hub-environment.ts";
import { writeSources } from "./recipe-sources.ts";
import { runDpo } from "./run-dpo.ts";

const rows = Array.from({ length: 12 }, (_, index) => ({
  prompt: `Question ${index}?`,
  chosen: "Yes, é.",
  rejected: "No.",
}));
const jsonl = rows.map((row) => `${JSON.stringify(row)}\n`).join("");
const schema = /^# yaml-language-server: \$schema=https:\/\/.*\/recipe\.schema\.json\n/u;

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "dpo-kit-"));
  await writeSources(join(folder, "sources"), 1);
  await writeFile(join(folder, "rows.jsonl"), jsonl);
  await mkdir(join(folder, "data"));
  await writeFile(join(folder, "data/train.jsonl"), jsonl);
  await writeFile(join(folder, "it's #1: a, b.csv"), "frage;gut;schlecht\nWas?;ja;nein\n");
  const votes = await readFile(join(folder, "sources/votes.jsonl"), "utf8");
  await writeFile(join(folder, "logs.zip"), zipOf({ "logs/votes.jsonl": votes }));
  await runDpo(["convert", "rows.jsonl", "-o", "canonical.jsonl"], { cwd: folder });
});

afterAll(() => rm(folder, { recursive: true, force: true }));

test("dpo init refuses standard input, which dpo run could not read again", async () => {
  const { exitCode, stdout, stderr } = await runDpo(["init", "-", "-o", "-"], { cwd: folder, stdin: jsonl });
  expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: "" });
  expect(stderr).toContain("Standard input is no source of a recipe");
});

describe("dpo init writes a recipe of", () => {
  test.each([
    ["a CSV file", ["sources/table.csv", "--columns", "prompt=question,preferred=best,non_preferred=worst"]],
    [
      "a CSV file whose name YAML would take for something else",
      ["it's #1: a, b.csv", "--columns", "prompt=frage,preferred=gut,non_preferred=schlecht"],
    ],
    ["rows of JSON", ["sources/rows.jsonl", "--columns", "prompt=q,preferred=good,non_preferred=bad"]],
    ["Parquet", ["sources/columns.parquet"]],
    ["packed rows", ["sources/packed.jsonl.gz"]],
    ["chat logs", ["sources/votes.jsonl"]],
    ["a zip archive of chat logs", ["logs.zip"]],
    ["a folder", ["data"]],
    ["canonical lines", ["canonical.jsonl"]],
    ["several at once, one of them a pattern", ["data/*.jsonl", "sources/votes.jsonl", "rows.jsonl"]],
  ] as [string, string[]][])("%s, which dpo run takes as it is", async (what, words) => {
    const [recipe, out] = [`${what}.yaml`, `out of ${what}`];
    const written = await runDpo(["init", ...words, "-o", recipe], { cwd: folder });
    expect(written).toMatchObject({ exitCode: 0 });
    const text = await readFile(join(folder, recipe), "utf8");
    expect(text).toMatch(schema);
    expect(text.match(/^ *# /gmu)!.length).toBeGreaterThan(8);
    expect(safeParseRecipe(text).issues).toBeUndefined();
    await writeFile(join(folder, recipe), text.replace("dir: out\n", `dir: ${out}\nallow_rejects: 2%\n`));
    const run = await runDpo(["run", recipe, "--json"], { cwd: folder });
    expect(run).toMatchObject({ exitCode: 0 });
    expect(JSON.parse(run.stdout).ledgers.comparisons.pairs).toBeGreaterThan(0);
  });

  test("a dataset of the Hub, which dpo run takes, with a variable in its address, and reads once", () =>
    withHubServer(
      {
        datasets: { "acme/opinions": { files: { "README.md": "# Hi", "data/train.jsonl": jsonl } } },
        tokens: { hf_good: true },
      },
      async (server) => {
        const cwd = await temporaryFolder();
        const dpo = (words: string, env = {}) => runWithHub(server, words.split(" "), { cwd, env });
        expect(await dpo("init hf://datasets/acme/opinions@main")).toMatchObject({ exitCode: 0 });
        const text = await readFile(join(cwd, "recipe.yaml"), "utf8");
        expect(text).toContain("- from: hf://datasets/acme/opinions@main");
        expect(await dpo("run recipe.yaml")).toMatchObject({ exitCode: 0 });

        const sources = `  - from: hf://datasets/\${OWNER}/\${NAME}@main\n  - from: broken.csv\n`;
        await writeFile(join(cwd, "broken.csv"), "id,name\n1,Oslo\n");
        const recipe = `version: 1
sources:
${sources}output: { dir: two }
`;
        await writeFile(join(cwd, "variables.yaml"), recipe);
        const variables = { OWNER: "acme", NAME: "opinions" };
        expect(await dpo("run variables.yaml", variables)).toMatchObject({ exitCode: 1 });
        const manifest = await readFile(join(cwd, "two/manifest.json"), "utf8");
        expect(manifest).not.toMatch(/acme|opinions/u);
        expect(JSON.parse(manifest)).toMatchObject({
          complete: false,
          inputs: [
            { name: expect.stringMatching(/^hf:\/\/datasets\/\$\{OWNER\}\/\$\{NAME\}@[0-9a-f]{40}\//u) },
          ],
        });

        await writeFile(join(cwd, "broken.csv"), "prompt,chosen,rejected\nx,y,z\n");
        const before = server.log.length;
        expect(await dpo("run variables.yaml", variables)).toMatchObject({
          exitCode: 0,
          stderr: expect.stringContaining("1 of 2 sources had been finished by an earlier run"),
        });
        const read = server.log
          .slice(before)
          .filter(({ line, sent }) => line.includes("train.jsonl") && sent > 0);
        expect(read).toEqual([]);
      },
    ));
});
