import type { Ledgers } from "@dpo-kit/batch";
import { describe, expect, test } from "vitest";
import type { ConversionRequest } from "../src/index.ts";
import { dedupeFiles, runConversion, runRecipe, splitFiles, validateFiles } from "../src/node.ts";
import type { SplitShare } from "../src/options.ts";
import { type Workspace, workspace } from "./workspace.ts";

const csv = (count: number, from = 0): string =>
  `prompt,chosen,rejected\n${Array.from({ length: count }, (_, index) => `Question ${from + index},yes ${"é".repeat((index * 7) % 50)},no\n`).join("")}`;

const convert = (made: Workspace, request: Partial<ConversionRequest> = {}) =>
  runConversion({
    inputs: [made.path("a.csv")],
    output: made.path("out/"),
    shardSize: 2000,
    ...request,
  });

const shardsOf = (made: Workspace) => made.list("out");
const joined = async (made: Workspace, names: readonly string[]) =>
  (await Promise.all(names.map((name) => made.read(`out/${name}`)))).join("");

describe("a file that would be too large", () => {
  test("is written in shards that hold its lines, whole and in order", async () => {
    const made = await workspace({ "a.csv": csv(40) });
    await convert(made, { output: made.path("whole.jsonl"), shardSize: "off" });
    const whole = await made.read("whole.jsonl");
    const result = await convert(made);
    const records = result.outputs.filter(({ kind }) => kind === "train");
    const names = (await shardsOf(made)).filter((name) => name.startsWith("train"));
    expect(names.length).toBeGreaterThan(2);
    expect(names).toEqual(
      names.map(
        (_, index) =>
          `train-${String(index).padStart(5, "0")}-of-${String(names.length).padStart(5, "0")}.jsonl`,
      ),
    );
    expect(await joined(made, names)).toBe(whole);
    expect(records.every(({ bytes }) => bytes <= 2000)).toBe(true);
    expect(records.reduce((sum, { lines }) => sum + lines, 0)).toBe(40);
    const { outputs, ledgers } = JSON.parse(await made.read("out/manifest.json")) as {
      outputs: { kind: string; name: string }[];
      ledgers: Ledgers;
    };
    expect(outputs.map(({ kind, name }) => [kind, name])).toEqual(names.map((name) => ["train", name]));
    expect(ledgers.pairs.written).toEqual({ "train-*.jsonl": 40 });
    expect(result.next.join()).toContain("train-*.jsonl");
    for (const name of names) {
      expect((await made.read(`out/${name}`)).endsWith("\n")).toBe(true);
    }
  });

  test("has a shard of its own for each line that is longer than a shard", async () => {
    const made = await workspace({ "a.csv": csv(3) });
    await convert(made, { shardSize: 10 });
    expect((await shardsOf(made)).filter((name) => name.startsWith("train"))).toHaveLength(3);
  });

  test("keeps its name where it fits", async () => {
    const made = await workspace({ "a.csv": csv(3) });
    await convert(made, { shardSize: "target" });
    expect(await shardsOf(made)).toEqual(["manifest.json", "train.jsonl"]);
  });

  test("is a mistake where the output is one file", async () => {
    const made = await workspace({ "a.csv": csv(3) });
    await expect(convert(made, { output: made.path("out.jsonl") })).rejects.toMatchObject({
      code: "RUN_OPTION_INVALID",
      hint: expect.stringContaining("-o out/"),
    });
  });

  test("is cut after it was put into another order", async () => {
    const made = await workspace({ "a.csv": csv(40) });
    await convert(made, { output: made.path("whole.jsonl"), shardSize: "off", shuffle: true });
    await convert(made, { shuffle: true });
    const names = (await shardsOf(made)).filter((name) => name.startsWith("train"));
    expect(await joined(made, names)).toBe(await made.read("whole.jsonl"));
  });
});

describe("shards of an earlier run", () => {
  test("are not touched without force, and are gone with it", async () => {
    const made = await workspace({ "a.csv": csv(40) });
    await convert(made, { shardSize: 1000 });
    const before = await shardsOf(made);
    await expect(convert(made)).rejects.toMatchObject({ code: "IO_OUTPUT_EXISTS" });
    expect(await shardsOf(made)).toEqual(before);
    const { outputs } = await convert(made, { force: true });
    expect(await shardsOf(made)).toEqual(
      outputs.map(({ path }) => path.slice(path.lastIndexOf("/") + 1)).sort(),
    );
    await convert(made, { shardSize: "off", force: true });
    expect(await shardsOf(made)).toEqual(["manifest.json", "train.jsonl"]);
    await convert(made, { shardSize: 3000, force: true });
    expect(await shardsOf(made)).not.toContain("train.jsonl");
  });

  test("are gone with force also where the run that wrote them was killed before its manifest", async () => {
    const made = await workspace({ "a.csv": csv(4), "out/train-00001-of-00009.jsonl": "{}\n" });
    await expect(convert(made)).rejects.toMatchObject({ code: "IO_OUTPUT_EXISTS" });
    await convert(made, { force: true });
    expect(await shardsOf(made)).toEqual(["manifest.json", "train.jsonl"]);
  });

  test("are inputs that are never written over", async () => {
    const made = await workspace({ "a.csv": csv(40) });
    await convert(made);
    const inputs = [made.path("out/train-*.jsonl")];
    const request = { inputs, output: made.path("out/"), force: true } as const;
    await expect(dedupeFiles(request)).rejects.toMatchObject({ code: "RUN_OPTION_INVALID" });
  });
});

describe("what reads files of lines takes the pattern of shards", () => {
  const half = { kind: "share", value: 0.5 } as const;
  const split: SplitShare[] = [
    { name: "train", amount: half },
    { name: "test", amount: half },
  ];

  test("to validate them: shards of one file are no leak", async () => {
    const twice = csv(40) + csv(40).split("\n").slice(1).join("\n");
    const made = await workspace({ "a.csv": twice });
    await convert(made, { split });
    const inputs = [made.path("out/train-*.jsonl"), made.path("out/test-*.jsonl")];
    const checked = await validateFiles({ inputs, leakage: true, target: ["together"] });
    expect(checked).toMatchObject({ ok: true, leakage: { sharedPrompts: 0 } });
    expect(checked.files.length).toBeGreaterThan(4);
    await expect(validateFiles({ inputs: [inputs[0]!], leakage: true })).rejects.toMatchObject({
      message: expect.stringContaining("in shards"),
    });
  });

  test("and names the shard and the line of a leak", async () => {
    const made = await workspace({ "a.csv": csv(40), "b.csv": csv(1, 39) });
    await convert(made);
    await convert(made, { inputs: [made.path("b.csv")], output: made.path("b.jsonl"), shardSize: "off" });
    const inputs = [made.path("out/train-*.jsonl"), made.path("b.jsonl")];
    const { issues, leakage } = await validateFiles({ inputs, leakage: true });
    const names = (await shardsOf(made)).filter((name) => name.startsWith("train"));
    const lines = (await made.read(`out/${names.at(-1)}`)).split("\n").length - 1;
    expect(leakage!.overlaps).toMatchObject([
      { files: [expect.stringContaining("train-*.jsonl"), expect.any(String)] },
    ]);
    expect(issues.first.find(({ code }) => code === "SPLIT_LEAK")!.message).toContain(
      `${names.at(-1)}, line ${lines}`,
    );
  });

  test("to dedupe and split them, into shards again", async () => {
    const made = await workspace({ "a.csv": csv(40) });
    await convert(made, { provenance: true });
    const inputs = [made.path("out/train-*.jsonl")];
    await splitFiles({ inputs, output: made.path("two/"), shardSize: 2000, split });
    const names = await made.list("two");
    expect(names.filter((name) => name.startsWith("train-")).length).toBeGreaterThan(1);
    expect(names.filter((name) => name.startsWith("test-")).length).toBeGreaterThan(1);
    const { ledgers } = await dedupeFiles({ inputs, output: made.path("d.jsonl"), provenance: true });
    expect(ledgers.pairs.total).toBe(40);
    expect(await made.read("d.provenance.jsonl")).toContain('"source"');
  });
});

describe("a recipe", () => {
  test("gives the same shards for any number of jobs, with reducers and a split", async () => {
    const files = Object.fromEntries(
      ["a", "b", "c", "d"].map((name, at) => [`${name}.csv`, csv(60, at * 30)]),
    );
    const text =
      "version: 1\nsources:\n  - from: '*.csv'\ndedupe: normalised\nconflicts: drop\nshuffle: true\nshard_size: 3000\nprovenance: true\nsplit: { train: 0.7, validation: 0.1, test: 0.2 }\noutput: { dir: out }\n";
    const made = await workspace({ ...files, "recipe.yaml": text });
    const seen: Map<string, string>[] = [];
    for (const jobs of [1, 2, 4]) {
      await runRecipe(made.path("recipe.yaml"), { jobs, force: true });
      const names = await made.list("out");
      seen.push(
        new Map(
          await Promise.all(names.map(async (name) => [name, await made.read(`out/${name}`)] as const)),
        ),
      );
    }
    expect(seen[0]!.size).toBeGreaterThan(8);
    expect(seen[1]).toEqual(seen[0]);
    expect(seen[2]).toEqual(seen[0]);
  });
});
