import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { safeParseRecipe } from "@dpo-kit/pipeline/recipe";
import { temporaryFolder } from "@dpo-kit/testkit";
import { describe, expect, test } from "vitest";
import { finishedFiles } from "./outputs.ts";
import { fiveSources, writeSources } from "./recipe-sources.ts";
import { runDpo } from "./run-dpo.ts";

const csv = (name: string): string =>
  `question,best,worst,score\n${Array.from({ length: 4 }, (_, index) => `${name} ${index},yes ${index},no,${index}\n`).join("")}`;

async function workspace(files: Record<string, string>): Promise<string> {
  const folder = await temporaryFolder();
  await mkdir(join(folder, "feedback"));
  for (const [name, text] of Object.entries(files)) {
    await writeFile(join(folder, name), text);
  }
  return folder;
}

describe("dpo init", () => {
  test("writes a recipe that dpo run takes, and that names its schema in the first line", async () => {
    const folder = await workspace({ "feedback/a.csv": csv("a"), "feedback/b.csv": csv("b") });
    const columns = "prompt=question,preferred=best,non_preferred=worst";
    const init = ["init", "feedback/*.csv", "--columns", columns, "--limit", "3"];
    expect(await runDpo(init, { cwd: folder })).toMatchObject({ exitCode: 0, stdout: "" });
    const text = await readFile(join(folder, "recipe.yaml"), "utf8");
    expect(text.split("\n")[0]).toMatch(
      /^# yaml-language-server: \$schema=https:\/\/.*recipe\.schema\.json$/u,
    );
    expect(safeParseRecipe(text).recipe!.sources[0]).toMatchObject({
      from: "feedback/*.csv",
      options: { limit: 3, columns: { prompt: "question", preferred: "best", nonPreferred: "worst" } },
    });
    expect((await runDpo(init, { cwd: folder })).stderr).toContain("IO_OUTPUT_EXISTS");

    const { exitCode, stdout } = await runDpo(["run", "recipe.yaml", "--json"], { cwd: folder });
    expect(exitCode).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      command: "run",
      sources: { count: 2, reused: 0, failed: [] },
    });
  });
});

describe("dpo run", () => {
  const recipe = (sources: string): string => `version: 1\nsources:\n${sources}output: { dir: out }\n`;
  const source = (name: string, rest = ""): string =>
    `  - from: ${name}\n    columns: { prompt: question, preferred: best, non_preferred: worst }\n${rest}`;

  test("tells everything that is wrong with a recipe, with lines and columns", async () => {
    const folder = await workspace({ "r.yaml": recipe("  - from: a.csv\n    colums: {}\n    limit: x\n") });
    const { exitCode, stderr } = await runDpo(["run", "r.yaml"], { cwd: folder });
    expect(exitCode).toBe(2);
    expect(stderr).toContain("RECIPE_KEY_UNKNOWN: r.yaml:4:5");
    expect(stderr).toContain("Did you mean columns?");
    expect(stderr).toContain("RECIPE_VALUE_INVALID: r.yaml:5:12");
    const { stdout } = await runDpo(["run", "r.yaml", "--json"], { cwd: folder });
    expect(JSON.parse(stdout).issues.first).toMatchObject([
      { line: 4, column: 5 },
      { line: 5, column: 12 },
    ]);
  });

  test("names a source that fails and what to do, writes the others, and reads only that one again", async () => {
    const text = recipe(`${source("a.csv")}${source("b.csv")}`);
    const folder = await workspace({ "a.csv": csv("a"), "b.csv": "id,name\n1,Oslo\n", "r.yaml": text });
    const first = await runDpo(["run", "r.yaml"], { cwd: folder });
    expect(first.exitCode).toBe(1);
    expect(first.stderr).toContain("failed b.csv");
    expect(first.stderr).toContain("1 of 2 sources failed: exit code 1");
    expect(JSON.parse(await readFile(join(folder, "out/manifest.json"), "utf8"))).toMatchObject({
      complete: false,
    });

    await writeFile(join(folder, "b.csv"), csv("b"));
    const planned = await runDpo(["run", "r.yaml", "--plan"], { cwd: folder });
    expect(planned.stdout).toContain("An earlier run finished 1 source:\n  a.csv");
    const second = await runDpo(["run", "r.yaml"], { cwd: folder });
    expect(second.exitCode).toBe(0);
    expect(second.stderr).toContain("1 of 2 sources had been finished by an earlier run");
  });

  test("writes the same for any number of threads, of five kinds of sources", async () => {
    const folder = await temporaryFolder();
    await writeSources(join(folder, "sources"), 7);
    await mkdir(join(folder, "recipe"));
    await writeFile(join(folder, "recipe/r.yaml"), fiveSources);
    const seen: Map<string, string>[] = [];
    for (const jobs of ["1", "2", "4"]) {
      const { exitCode } = await runDpo(["run", "recipe/r.yaml", "--jobs", jobs, "--force"], { cwd: folder });
      expect(exitCode).toBe(0);
      seen.push(await finishedFiles(join(folder, "recipe/out")));
    }
    expect(
      [...seen[0]!.keys()].filter((name) => /^train-\d{5}-of-\d{5}\.jsonl$/u.test(name)).length,
    ).toBeGreaterThan(10);
    expect(seen[1]).toEqual(seen[0]);
    expect(seen[2]).toEqual(seen[0]);
    const { ledgers } = JSON.parse(await readFile(join(folder, "recipe/out/manifest.json"), "utf8"));
    expect(ledgers.pairs.filtered.where).toBeGreaterThan(0);
    expect(ledgers.pairs.duplicate).toBeGreaterThan(0);
  });

  test("is refused while another works on the same output, and says so when there is nothing to do", async () => {
    const folder = await temporaryFolder();
    await writeSources(join(folder, "sources"), 8);
    await mkdir(join(folder, "recipe"));
    await writeFile(join(folder, "recipe/r.yaml"), fiveSources);
    const runs = await Promise.all([1, 2, 3].map(() => runDpo(["run", "recipe/r.yaml"], { cwd: folder })));
    const [done, ...refused] = runs.sort((one, other) => one.exitCode! - other.exitCode!);
    expect(done).toMatchObject({ exitCode: 0 });
    for (const { exitCode, stderr } of refused) {
      // One that began when the first had ended finds everything done.
      const said = exitCode === 0 ? "Already complete" : "RECIPE_IN_USE";
      expect(stderr).toContain(said);
    }
    const again = await runDpo(["run", "recipe/r.yaml"], { cwd: folder });
    expect(again).toMatchObject({ exitCode: 0, stderr: expect.stringContaining("Already complete") });
    expect(again.stderr).toContain("--force makes them again");
  });
});
