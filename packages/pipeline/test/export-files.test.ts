import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { exportTargets } from "@dpo-kit/export";
import { temporaryFolder } from "@dpo-kit/testkit";
import { describe, expect, test } from "vitest";
import { exportFiles, runConversion, runRecipe } from "../src/node.ts";
import { exportTargetAliases, exportTargetNames } from "../src/options/export-options.ts";

/** A canonical line. */
function lineOf(prompt: string, preferred: string, nonPreferred: string, tools = "[]"): string {
  const message = (role: string, content: string): string => JSON.stringify([{ role, content }]);
  return `{"input":{"messages":${message("user", prompt)},"tools":${tools},"parallel_tool_calls":true},"preferred_output":${message("assistant", preferred)},"non_preferred_output":${message("assistant", nonPreferred)}}`;
}

const many = Array.from({ length: 200 }, (_, index) =>
  lineOf(`Question ${index % 100}?`, `Yes ${index}.`, "No."),
);

/** A folder with files of lines. */
async function workspace(
  files: Readonly<Record<string, readonly string[]>>,
): Promise<(name: string) => string> {
  const folder = await temporaryFolder();
  for (const [name, lines] of Object.entries(files)) {
    writeFileSync(join(folder, name), `${lines.join("\n")}\n`);
  }
  return (name) => join(folder, name);
}

function rowsOf(path: string): { messages: { content: string }[] }[] {
  return readFileSync(path, "utf8")
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line));
}

test("the names that options take are those of the targets", () => {
  expect(exportTargetNames).toEqual(exportTargets.map(({ id }) => id));
  expect(exportTargetAliases).toEqual(exportTargets.flatMap(({ aliases = [] }) => aliases));
});

describe("exportFiles", () => {
  test("writes a folder for each target and a file for each split, with a manifest", async () => {
    const at = await workspace({ "train.jsonl": many.slice(0, 5), "dev.jsonl": many.slice(5, 8) });
    const inputs = [at("train.jsonl"), at("dev.jsonl")];
    const result = await exportFiles({ inputs, output: at("out/"), to: ["llama-factory", "trl-unpaired"] });
    expect(result).toMatchObject({ ok: true, exitCode: 0 });
    expect(result.outputs.map(({ path, lines }) => [path.slice(at("out").length), lines])).toEqual([
      ["/llama-factory/train.jsonl", 5],
      ["/llama-factory/validation.jsonl", 3],
      ["/kto/train.jsonl", 10],
      ["/kto/validation.jsonl", 6],
      ["/llama-factory/dataset_info.json", expect.any(Number)],
      ["/export.manifest.json", expect.any(Number)],
    ]);
    expect(Object.keys(JSON.parse(readFileSync(at("out/llama-factory/dataset_info.json"), "utf8")))).toEqual([
      "dpo_train",
      "dpo_validation",
    ]);
    const manifest = JSON.parse(readFileSync(at("out/export.manifest.json"), "utf8"));
    expect(manifest.exports.kto).toMatchObject({ examples: 8, written: 8, rows: 16, leftOut: {} });
    expect(manifest.outputs[0].name).toBe("llama-factory/train.jsonl");
  });

  test("lines of providers that take them are carried byte for byte", async () => {
    const tools =
      '[{"type":"function","function":{"name":"f","parameters":{"maximum":1.0,"a":12345678901234567890}}}]';
    const at = await workspace({
      "a.jsonl": [lineOf("Hi é\u2028", "a", "b", tools), lineOf("Ho", "a", "b")],
    });
    await exportFiles({ inputs: [at("a.jsonl")], output: at("out"), to: ["openai"] });
    expect(readFileSync(at("out/openai/train.jsonl"), "utf8").replace("\\u2028", "\u2028")).toBe(
      readFileSync(at("a.jsonl"), "utf8"),
    );
  });

  test("a share of the prompts and its complement are all of them, and have none in common", async () => {
    const at = await workspace({ "a.jsonl": many });
    const request = { inputs: [at("a.jsonl")], to: ["sft"], fraction: 0.3, seed: 7 };
    const some = await exportFiles({ ...request, output: at("some") });
    await exportFiles({ ...request, output: at("others"), complement: true });
    const prompts = (folder: string) =>
      rowsOf(at(`${folder}/sft/train.jsonl`)).map(({ messages }) => messages[0]!.content);
    const [first, second] = [prompts("some"), prompts("others")];
    expect(first.length + second.length).toBe(200);
    expect(new Set([...first, ...second]).size).toBe(100);
    expect(first.filter((prompt) => second.includes(prompt))).toEqual([]);
    expect(new Set(first).size).toBeGreaterThan(15);
    expect(some.ledgers.pairs.sampledOut).toBe(second.length);
  });

  test("a preferred answer that stands in several pairs is trained on once", async () => {
    const at = await workspace({
      "a.jsonl": [lineOf("Q?", "a", "b"), lineOf("Q?", "a", "c"), lineOf("Q?", "A", "c")],
    });
    const { exports } = await exportFiles({ inputs: [at("a.jsonl")], output: at("o"), to: ["sft", "kto"] });
    expect(exports[0]).toMatchObject({
      written: 2,
      rows: 2,
      leftOut: new Map([["EXPORT_OMITS_REPEATED", 1]]),
    });
    expect(exports[1]).toMatchObject({ written: 3, rows: 4, leftOut: new Map() });
  });

  test("with strict nothing is written where something is lost, and all of it is told", async () => {
    const tools = '[{"type":"function","function":{"name":"f"}}]';
    const at = await workspace({ "a.jsonl": [lineOf("Hi", "a", "b", tools)] });
    const request = { inputs: [at("a.jsonl")], output: at("out"), strict: true };
    await expect(exportFiles({ ...request, to: ["axolotl", "vertex", "sft"] })).rejects.toMatchObject({
      code: "EXPORT_NOT_STRICT",
      issues: [{ code: "EXPORT_LOSES_TOOLS" }, { code: "EXPORT_LOSES_TOOLS" }],
    });
    expect(existsSync(at("out"))).toBe(false);
    await exportFiles({ ...request, to: ["sft", "trl", "kto"] });
    expect(readdirSync(at("out")).sort()).toEqual(["export.manifest.json", "kto", "sft", "trl"]);
  });

  test("a plan counts as the run does, and writes nothing", async () => {
    const at = await workspace({ "a.jsonl": many });
    const request = { inputs: [at("a.jsonl")], output: at("out"), to: ["kto", "trl-standard"] };
    const plan = await exportFiles({ ...request, plan: true });
    expect(readdirSync(at("."))).toEqual(["a.jsonl"]);
    expect(plan.next[0]).toContain("dpo export");
    const run = await exportFiles(request);
    expect(run.exports).toEqual(plan.exports);
  });

  test("a target that holds no example has no file, and the exit code says so", async () => {
    const line = lineOf("Hi", "a", "b").replace(
      '[{"role":"user"',
      '[{"role":"system","content":"S"},{"role":"user"',
    );
    const at = await workspace({ "a.jsonl": [line] });
    const result = await exportFiles({
      inputs: [at("a.jsonl")],
      output: at("out"),
      to: ["trl-standard", "trl"],
    });
    expect(result.exitCode).toBe(1);
    expect(result.issues.byCode).toMatchObject([{ code: "EXPORT_EMPTY" }]);
    expect(existsSync(at("out/trl-standard/train.jsonl"))).toBe(false);
    expect(rowsOf(at("out/trl/train.jsonl"))).toHaveLength(1);
  });

  test("broken lines are told, and the others are exported", async () => {
    const at = await workspace({ "a.jsonl": [lineOf("Hi", "a", "b"), "{", lineOf("Ho", "a", "b")] });
    const result = await exportFiles({ inputs: [at("a.jsonl")], output: at("out"), to: ["trl"] });
    expect(result).toMatchObject({ exitCode: 1, ledgers: { units: { malformed: 1 } } });
    expect(rowsOf(at("out/trl/train.jsonl"))).toHaveLength(2);
  });

  test("nothing is overwritten, and no input is written to", async () => {
    const at = await workspace({ "train.jsonl": many.slice(0, 3) });
    const request = { inputs: [at("train.jsonl")], output: at("out"), to: ["openai"] };
    await exportFiles(request);
    await expect(exportFiles(request)).rejects.toMatchObject({ code: "IO_OUTPUT_EXISTS" });
    await exportFiles({ ...request, force: true });
    const again = { ...request, inputs: [at("out/openai/train.jsonl")], force: true };
    await expect(exportFiles(again)).rejects.toMatchObject({ code: "RUN_OPTION_INVALID" });
  });

  test("a byte order mark stands where Azure asks for it, and nowhere else", async () => {
    const at = await workspace({ "a.jsonl": many.slice(0, 2) });
    const to = ["azure", "openai"];
    await exportFiles({ inputs: [at("a.jsonl")], output: at("out"), to, byteOrderMark: true });
    expect(readFileSync(at("out/azure/train.jsonl"))).toEqual(
      Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), readFileSync(at("a.jsonl"))]),
    );
    expect(readFileSync(at("out/openai/train.jsonl"))).toEqual(readFileSync(at("a.jsonl")));
  });
});

describe("exports of a conversion", () => {
  const rows = Array.from({ length: 60 }, (_, index) => `Question ${index}?,Yes ${index}.,No.`);
  const csv = { "a.csv": ["prompt,chosen,rejected", ...rows] };

  test("hold the examples of its files, split by split, in the same order", async () => {
    const at = await workspace(csv);
    const result = await runConversion({
      inputs: [at("a.csv")],
      output: at("out/"),
      split: [
        { name: "train", amount: { kind: "share", value: 0.8 } },
        { name: "test", amount: { kind: "share", value: 0.2 } },
      ],
      shuffle: true,
      export: ["trl", "sft", "openai"],
    });
    expect(result.exports).toMatchObject([{ target: "trl", written: 60 }, { target: "sft" }, {}]);
    for (const split of ["train", "test"]) {
      expect(readFileSync(at(`out/openai/${split}.jsonl`))).toEqual(readFileSync(at(`out/${split}.jsonl`)));
      expect(rowsOf(at(`out/trl/${split}.jsonl`)).length).toBe(rowsOf(at(`out/${split}.jsonl`)).length);
    }
    const manifest = JSON.parse(readFileSync(at("out/manifest.json"), "utf8"));
    expect(manifest.exports.sft).toMatchObject({ examples: 60, written: 60 });
    expect(manifest.outputs.map(({ name }: { name: string }) => name)).toContain("trl/test.jsonl");
  });

  test("that are not asked for any more go with the manifest that named them", async () => {
    const at = await workspace(csv);
    const request = { inputs: [at("a.csv")], output: at("out/") };
    await runConversion({ ...request, export: ["llama-factory"] });
    await runConversion({ ...request, export: ["kto"], force: true });
    expect(readdirSync(at("out/llama-factory"))).toEqual([]);
    expect(rowsOf(at("out/kto/train.jsonl"))).toHaveLength(120);
  });

  test("need a folder", async () => {
    const at = await workspace(csv);
    const request = { inputs: [at("a.csv")], output: at("out.jsonl"), export: ["trl"] };
    await expect(runConversion(request)).rejects.toMatchObject({ code: "RUN_OPTION_INVALID" });
    expect(readdirSync(at("."))).toEqual(["a.csv"]);
  });

  test("leave nothing where there are no pairs, and say so where a target holds none", async () => {
    const head = "prompt,chosen,rejected,system";
    const at = await workspace({
      "none.csv": [head, "Q?,a,a,"],
      "a.csv": [head, "Q?,a,b,Be kind.", "R?,a,b,Be kind."],
    });
    const request = { inputs: [at("a.csv")], export: ["trl-standard"] };
    const none = await runConversion({ ...request, inputs: [at("none.csv")], output: at("none/") });
    expect(none.exitCode).toBe(1);
    expect(
      readdirSync(at("none"), { recursive: true }).filter((name) => `${name}`.includes("train")),
    ).toEqual([]);
    const result = await runConversion({ ...request, output: at("out/") });
    expect(result).toMatchObject({ exitCode: 1, exports: [{ written: 0 }] });
    expect(existsSync(at("out/trl-standard/train.jsonl"))).toBe(false);
    expect(rowsOf(at("out/train.jsonl"))).toHaveLength(2);
  });

  test("stand in a recipe beside its folder", async () => {
    const at = await workspace({
      ...csv,
      "recipe.yaml": [
        "version: 1",
        "sources: [{ from: a.csv }]",
        "split: { train: 0.9, validation: 0.1 }",
        "output: { dir: out, export: [trl, sft] }",
      ],
    });
    await runRecipe(at("recipe.yaml"));
    expect(readdirSync(at("out")).sort()).toEqual([
      "manifest.json",
      "sft",
      "train.jsonl",
      "trl",
      "validation.jsonl",
    ]);
    expect(rowsOf(at("out/sft/validation.jsonl")).length).toBe(rowsOf(at("out/validation.jsonl")).length);
    writeFileSync(
      at("wrong.yaml"),
      "version: 1\nsources: [{ from: a.csv }]\noutput: { dir: o, export: [torch] }\n",
    );
    await expect(runRecipe(at("wrong.yaml"))).rejects.toMatchObject({ code: "RECIPE_VALUE_INVALID" });
  });
});
