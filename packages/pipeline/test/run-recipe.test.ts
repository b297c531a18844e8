import { readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { RunProgress } from "../src/index.ts";
import { planRecipe, type RunRecipeOptions, runRecipe } from "../src/node.ts";
import { type Workspace, workspace } from "./workspace.ts";

const rows = (name: string, count = 3, extra = (_index: number) => "") =>
  Array.from(
    { length: count },
    (_, index) => `${name} ${index},yes ${index},no ${index}${extra(index)}\n`,
  ).join("");
const csv = (name: string, count = 3) => `prompt,chosen,rejected\n${rows(name, count)}`;
const scored = `prompt,chosen,rejected,score,lang\n${rows("s", 10, (index) => `,${index},${index % 2 === 0 ? "de" : "en"}`)}`;

const recipe = (sources: string, rest = "") =>
  `version: 1\nsources:\n${sources}${rest}output: { dir: out }\n`;

const run = (made: Workspace, options: RunRecipeOptions = {}) => runRecipe(made.path("recipe.yaml"), options);

const prompts = async (made: Workspace, name = "out/train.jsonl") =>
  (await made.readLines(name)).map(
    (line) => (line as unknown as { input: { messages: { content: string }[] } }).input.messages[0]!.content,
  );

describe("a recipe", () => {
  test("writes the pairs of its sources in its order, those of a pattern by name", async () => {
    const made = await workspace({
      "b/2.csv": csv("b2", 1),
      "b/1.csv": csv("b1", 1),
      "a.csv": csv("a", 1),
      "recipe.yaml": recipe("  - from: 'b/*.csv'\n  - from: a.csv\n"),
    });
    const result = await run(made);
    expect(result).toMatchObject({
      command: "run",
      ok: true,
      exitCode: 0,
      sources: { count: 3, reused: 0, failed: [] },
    });
    expect(await prompts(made)).toEqual(["b1 0", "b2 0", "a 0"]);
    expect(await made.list("out")).toEqual(["manifest.json", "train.jsonl"]);
  });

  test("keeps the pairs that meet the condition of their source, and counts the others", async () => {
    const made = await workspace({
      "a.csv": scored,
      "recipe.yaml": recipe("  - from: a.csv\n    where: score >= 6 and lang = 'de' or @line = 2\n"),
    });
    const { ledgers } = await run(made);
    expect(await prompts(made)).toEqual(["s 0", "s 6", "s 8"]);
    expect(ledgers.pairs.filtered).toEqual(new Map([["where", 7]]));
    expect(ledgers.pairs.total).toBe(10);
  });

  test("tells conditions which file a pair is of, also of a pattern", async () => {
    const made = await workspace({
      "b/2.csv": csv("b2", 1),
      "b/1.csv": csv("b1", 1),
      "recipe.yaml": recipe("  - from: 'b/*.csv'\n    where: \"@source = 'b/2.csv'\"\n"),
    });
    await run(made);
    expect(await prompts(made)).toEqual(["b2 0"]);
  });

  test("refuses a condition on a field that no record has", async () => {
    const made = await workspace({
      "a.csv": scored,
      "recipe.yaml": recipe("  - from: a.csv\n    where: scroe >= 6\n"),
    });
    await expect(run(made)).rejects.toMatchObject({ code: "RECIPE_FIELD_UNKNOWN" });
  });

  test("reduces the pairs of all sources, and names sources relative to itself", async () => {
    const made = await workspace({
      "a.csv": csv("a", 5),
      "b.csv": csv("a", 6),
      "recipe.yaml": recipe("  - from: a.csv\n  - from: b.csv\n", "dedupe: exact\nprovenance: true\n"),
    });
    const { ledgers } = await run(made);
    expect(ledgers.pairs.duplicate).toBe(5);
    const lines = await made.readLines("out/provenance.jsonl");
    expect(lines.map(({ source }) => source)).toEqual(["a.csv", "a.csv", "a.csv", "a.csv", "a.csv", "b.csv"]);
    expect(await made.read("out/removed.jsonl")).toContain('"source":"b.csv"');
  });

  test("tells of all files that are not there, with their lines, and writes nothing", async () => {
    const made = await workspace({
      "a.csv": csv("a"),
      "recipe.yaml": recipe("  - from: a.csv\n  - from: b.csv\n  - from: 'c/*.csv'\n"),
    });
    await expect(run(made)).rejects.toMatchObject({
      code: "RECIPE_NO_FILES",
      issues: [{ location: { line: 4, column: 11 } }, { location: { line: 5, column: 11 } }],
    });
    expect(await made.list()).toEqual(["a.csv", "recipe.yaml"]);
  });

  test("says nothing of variables in its manifest", async () => {
    const made = await workspace({
      "secret.csv": "geheim,chosen,rejected\nHi,yes,no\n",
      "recipe.yaml": recipe(`  - from: "\${FILE}.csv"\n    columns: { prompt: "\${COLUMN}" }\n`),
    });
    await run(made, { variables: { FILE: "secret", COLUMN: "geheim" } });
    const manifest = await made.read("out/manifest.json");
    expect(manifest).not.toMatch(/secret|geheim/u);
    expect(manifest).toContain(`\${FILE}.csv`);
    await made.write("geheim.csv", "id,name\n1,Oslo\n");
    const both = `  - from: "\${FILE}.csv"\n    columns: { prompt: "\${COLUMN}" }\n  - from: "\${COLUMN}.csv"\n`;
    await made.write("recipe.yaml", recipe(both));
    await run(made, { variables: { FILE: "secret", COLUMN: "geheim" }, force: true });
    const failed = await made.read("out/manifest.json");
    expect(failed).not.toMatch(/secret|geheim/u);
    expect(JSON.parse(failed)).toMatchObject({ complete: false, failed: [{ name: `\${COLUMN}.csv` }] });
  });

  test("does not write over what is there, unless it is asked to", async () => {
    const made = await workspace({ "a.csv": csv("a"), "recipe.yaml": recipe("  - from: a.csv\n") });
    await run(made);
    await made.write("a.csv", csv("other"));
    await expect(run(made)).rejects.toMatchObject({ code: "IO_OUTPUT_EXISTS" });
    expect(await made.list("out")).toEqual(["manifest.json", "train.jsonl"]);
    expect(await prompts(made)).toContain("a 0");
    expect(await run(made, { force: true })).toMatchObject({ exitCode: 0 });
    expect(await prompts(made)).toContain("other 0");
  });

  test("knows that it was run, while neither it nor a file has changed", async () => {
    const text = recipe("  - from: a.csv\n", "against: [held.csv]\nprovenance: true\nallow_rejects: 1\n");
    const made = await workspace({
      "a.csv": `${csv("a", 5)}same,yes,yes\n`,
      "held.csv": csv("a", 1),
      "recipe.yaml": text,
    });
    const first = await run(made);
    expect(first.alreadyComplete).toBeUndefined();
    const manifest = await made.read("out/manifest.json");
    const again = await run(made);
    expect(again).toMatchObject({ ok: true, exitCode: 0, alreadyComplete: true, sources: { reused: 1 } });
    expect((await planRecipe(made.path("recipe.yaml"))).finished).toEqual(["a.csv"]);
    expect(again.ledgers).toEqual(first.ledgers);
    const { path: _, ...ofManifest } = first.outputs.at(-1)!;
    expect(ofManifest.kind).toBe("manifest");
    expect(again.outputs).toEqual(first.outputs.slice(0, -1));
    expect(await made.list("out")).not.toContain(".dpo-run");
    expect(await made.read("out/manifest.json")).toBe(manifest);

    const changes: [string, string][] = [
      ["recipe.yaml", text.replace("allow_rejects: 1", "allow_rejects: 2")],
      ["held.csv", csv("a", 2)],
      ["a.csv", csv("a", 6)],
      ["out/train.jsonl", "{}\n"],
    ];
    for (const [name, content] of changes) {
      const before = await made.read(name);
      await made.write(name, content);
      await expect(run(made), name).rejects.toMatchObject({ code: "IO_OUTPUT_EXISTS" });
      await made.write(name, before);
    }
    expect(await run(made)).toMatchObject({ alreadyComplete: true });
  });

  test("of which some records were bad ends as it did when it was run", async () => {
    const made = await workspace({
      "a.csv": `${csv("a")}same,yes,yes\n`,
      "recipe.yaml": recipe("  - from: a.csv\n"),
    });
    expect(await run(made)).toMatchObject({ exitCode: 1 });
    expect(await run(made)).toMatchObject({ exitCode: 1, ok: false, alreadyComplete: true });
  });

  test("keeps answers that were judged alone where that is asked for", async () => {
    const thumbs = Array.from({ length: 3 }, (_, index) =>
      JSON.stringify({ prompt: `p${index}`, completion: `c${index}`, label: index > 0 }),
    ).join("\n");
    const made = await workspace({
      "t.jsonl": `${thumbs}\n`,
      "a.csv": csv("a"),
      "recipe.yaml": recipe("  - from: t.jsonl\n  - from: a.csv\n", "unpaired: alone.jsonl\n"),
    });
    await run(made);
    expect(await made.readLines("alone.jsonl")).toHaveLength(3);
  });

  test("tells how far it is, source by source", async () => {
    const made = await workspace({
      "a.csv": csv("a"),
      "b.csv": csv("b"),
      "recipe.yaml": recipe("  - from: a.csv\n  - from: b.csv\n"),
    });
    const told: RunProgress[] = [];
    await runRecipe(made.path("recipe.yaml"), {}, { onProgress: (progress) => told.push(progress) });
    expect(told.at(-1)).toMatchObject({ records: 6, pairs: 6, sources: { done: 2, total: 2, current: [] } });
    expect(told[0]).toMatchObject({ sources: { done: 0, total: 2 } });
  });
});

describe("a source that is refused", () => {
  const sources = recipe("  - from: a.csv\n  - from: bad.csv\n  - from: b.csv\n");

  test("does not keep the others from being written, and is done alone when it is mended", async () => {
    const made = await workspace({
      "a.csv": csv("a", 1),
      "bad.csv": "id,name\n1,Oslo\n",
      "b.csv": csv("b", 1),
      "recipe.yaml": sources,
    });
    const result = await run(made);
    expect(result).toMatchObject({ ok: false, exitCode: 1, sources: { count: 3, reused: 0 } });
    expect(result.sources!.failed).toMatchObject([
      { location: { source: "bad.csv" }, hint: expect.any(String) },
    ]);
    expect(await prompts(made)).toEqual(["a 0", "b 0"]);
    expect(await made.readJson("out/manifest.json")).toMatchObject({
      complete: false,
      failed: [{ name: "bad.csv" }],
    });

    await made.write("bad.csv", csv("bad", 1));
    expect(await run(made)).toMatchObject({ exitCode: 0, sources: { count: 3, reused: 2, failed: [] } });
    expect(await prompts(made)).toEqual(["a 0", "bad 0", "b 0"]);
    expect(await made.list("out")).toEqual(["manifest.json", "train.jsonl"]);
  });

  test("is thrown where there is no other", async () => {
    const made = await workspace({
      "bad.csv": "id,name\n1,Oslo\n",
      "recipe.yaml": recipe("  - from: bad.csv\n"),
    });
    await expect(run(made)).rejects.toMatchObject({ location: { source: "bad.csv" } });
    expect(await readdir(made.folder)).not.toContain(join("out", "train.jsonl"));
  });
});

describe("what was finished", () => {
  /** A run that is stopped by its reducers leaves all spools. */
  const stopped = recipe("  - from: a.csv\n  - from: b.csv\n", "on_invalid: stop\n");
  const twice = { "a.csv": csv("a"), "b.csv": `${csv("b")}same,yes,yes\n` };

  test("is not done again, unless its content or its options have changed", async () => {
    const made = await workspace({ ...twice, "recipe.yaml": stopped });
    await expect(run(made)).rejects.toMatchObject({ code: "RUN_STOPPED" });
    await made.write("b.csv", csv("b"));
    expect(await run(made)).toMatchObject({ sources: { reused: 1 } });

    await made.write("b.csv", twice["b.csv"]);
    await expect(run(made, { force: true })).rejects.toMatchObject({ code: "RUN_STOPPED" });
    await made.write(
      "recipe.yaml",
      recipe("  - from: a.csv\n  - from: b.csv\n    limit: 2\n", "on_invalid: stop\n"),
    );
    expect(await run(made)).toMatchObject({ sources: { reused: 1 } });
    expect(await prompts(made)).toEqual(["a 0", "a 1", "a 2", "b 0", "b 1"]);
  });

  test("is of no use where its file is damaged", async () => {
    const made = await workspace({ ...twice, "recipe.yaml": stopped });
    await expect(run(made)).rejects.toMatchObject({ code: "RUN_STOPPED" });
    for (const name of (await made.list("out/.dpo-run")).filter((one) => one.endsWith(".spool"))) {
      await made.write(`out/.dpo-run/${name}`, "half");
    }
    await made.write("b.csv", csv("b"));
    expect(await run(made)).toMatchObject({ exitCode: 0, sources: { reused: 0 } });
  });

  test("gives the same bytes, in whatever order and by however many it was done", async () => {
    const files = Object.fromEntries(["a", "b", "c", "d"].map((name) => [`${name}.csv`, csv(name, 50)]));
    const text = recipe("  - from: '*.csv'\n", "split: { train: 0.8, test: 0.2 }\nshuffle: true\n");
    const made = await workspace({ ...files, "recipe.yaml": text });
    await run(made, { jobs: 1 });
    const first = await made.read("out/manifest.json");
    await run(made, { jobs: 4, force: true });
    expect(await made.read("out/manifest.json")).toBe(first);
  });

  test("is kept from two runs at once", async () => {
    const made = await workspace({
      "a.csv": csv("a"),
      "recipe.yaml": recipe("  - from: a.csv\n"),
      "out/.dpo-run/lock-1/holder": "another-machine 1 id\n",
    });
    await expect(run(made)).rejects.toMatchObject({
      code: "RECIPE_IN_USE",
      hint: expect.stringContaining("lock-1"),
    });
    await rm(made.path("out/.dpo-run/lock-1"), { recursive: true });
    const both = await Promise.allSettled([run(made), run(made)]);
    expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    expect(both.find(({ status }) => status === "rejected")).toMatchObject({
      reason: { code: "RECIPE_IN_USE" },
    });
    expect(await made.list("out")).toEqual(["manifest.json", "train.jsonl"]);
  });
});
