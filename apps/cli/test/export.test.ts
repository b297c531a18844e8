import { existsSync } from "node:fs";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type ProcessResult, temporaryFolder } from "@dpo-kit/testkit";
import { describe, expect, test } from "vitest";
import { isComplete } from "./outputs.ts";
import { runDpo } from "./run-dpo.ts";

const tools =
  '[{"type":"function","function":{"name":"find","parameters":{"zip":{"maximum":1.0},"age":12345678901234567890}}}]';

/** A canonical line. */
function line(prompt: string, given = "[]"): string {
  return `{"input":{"messages":[{"role":"user","content":${JSON.stringify(prompt)}}],"tools":${given},"parallel_tool_calls":true},"preferred_output":[{"role":"assistant","content":"Yes, gladly"}],"non_preferred_output":[{"role":"assistant","content":"No"}]}`;
}

const lines = [...Array.from({ length: 30 }, (_, index) => line(`Number ${index}?`)), line("Find it", tools)];
const file = lines.map((each) => `${each}\n`).join("");

async function folderWith(files: Readonly<Record<string, string>>): Promise<string> {
  const folder = await temporaryFolder();
  await Promise.all(Object.entries(files).map(([name, content]) => writeFile(join(folder, name), content)));
  return folder;
}

/** Runs `dpo` in a folder, the words given as in a shell without quotes. */
function dpoIn(folder: string, words: string, options: { stdin?: string } = {}): Promise<ProcessResult> {
  return runDpo(words.split(" "), { cwd: folder, ...options });
}

const read = (folder: string, name: string): Promise<string> => readFile(join(folder, name), "utf8");

describe("dpo export", () => {
  test("writes what each target takes, and says what was lost", async () => {
    const folder = await folderWith({ "train.jsonl": file });
    const { exitCode, stdout, stderr } = await dpoIn(
      folder,
      "export train.jsonl --to trl,axolotl,kto -o out/",
    );
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
    expect(stdout).toContain("lines read  31  = 31 exported");
    expect(stdout).toContain("axolotl  31  = 31 written");
    expect(stdout).toMatch(/lost +1 +EXPORT_LOSES_TOOLS/u);
    expect(stdout).toContain("kto  31  = 31 written, in 62 rows");
    expect(await isComplete(join(folder, "out"), "export.manifest.json")).toBe(true);
    const [first] = (await read(folder, "out/trl/train.jsonl")).split("\n");
    expect(JSON.parse(first!)).toEqual({
      prompt: [{ role: "user", content: "Number 0?" }],
      chosen: [{ role: "assistant", content: "Yes, gladly" }],
      rejected: [{ role: "assistant", content: "No" }],
    });
  });

  test.each(["trl", "trl-implicit", "llama-factory", "ms-swift", "openpipe", "together", "kto"])(
    "what %s holds comes back by dpo convert, byte for byte, numbers as they were written",
    async (target) => {
      const folder = await folderWith({ "train.jsonl": file });
      expect((await dpoIn(folder, `export train.jsonl --to ${target} -o out`)).exitCode).toBe(0);
      const back = await dpoIn(folder, `convert out/${target}/train.jsonl -o back.jsonl`);
      expect(back.exitCode, back.stderr).toBe(0);
      expect(await read(folder, "back.jsonl")).toBe(file);
    },
  );

  test("Parquet comes back too", async () => {
    const folder = await folderWith({ "train.jsonl": file });
    expect((await dpoIn(folder, "export train.jsonl --to trl --parquet -o out")).exitCode).toBe(0);
    const back = await dpoIn(folder, "convert out/trl/train.parquet -o back.jsonl");
    expect(back.exitCode, back.stderr).toBe(0);
    expect(await read(folder, "back.jsonl")).toBe(file);
  });

  test("the same input gives the same bytes, the manifest included", async () => {
    const folder = await folderWith({ "train.jsonl": file });
    for (const out of ["one", "two"]) {
      await dpoIn(folder, `export train.jsonl --to trl,sft --parquet --fraction 0.5 -o ${out}`);
    }
    for (const name of ["trl/train.parquet", "sft/train.jsonl", "export.manifest.json"]) {
      expect(await readFile(join(folder, "one", name))).toEqual(await readFile(join(folder, "two", name)));
    }
  });

  test("exports what a run wrote, split by split, from standard input too", async () => {
    const folder = await folderWith({ "train.jsonl": file });
    await dpoIn(folder, "split train.jsonl -o run/");
    expect((await dpoIn(folder, "export run/ --to sft -o out")).exitCode).toBe(0);
    expect(await readdir(join(folder, "out/sft"))).toEqual(["train.jsonl", "validation.jsonl"]);
    const piped = await dpoIn(folder, "export - --to sft -o piped", { stdin: file });
    expect(piped.exitCode, piped.stderr).toBe(0);
    expect((await read(folder, "piped/sft/train.jsonl")).split("\n")).toHaveLength(32);
  });

  test("--plan tells and writes nothing; --strict refuses with all that would be lost", async () => {
    const folder = await folderWith({ "train.jsonl": file });
    const plan = await dpoIn(folder, "export train.jsonl --to axolotl,vertex --plan --json");
    expect(JSON.parse(plan.stdout)).toMatchObject({
      command: "export",
      isPlan: true,
      exports: [{ target: "axolotl", losses: { EXPORT_LOSES_TOOLS: 1 } }, { target: "vertex" }],
      next: ["dpo export train.jsonl --to axolotl,vertex -o out/"],
    });
    const strict = await dpoIn(folder, "export train.jsonl --to axolotl,vertex -o out --strict --json");
    expect(strict.exitCode).toBe(1);
    expect(JSON.parse(strict.stdout)).toMatchObject({
      error: { code: "EXPORT_NOT_STRICT" },
      issues: { byCode: [{ code: "EXPORT_LOSES_TOOLS", count: 2 }] },
    });
    expect(existsSync(join(folder, "out"))).toBe(false);
  });

  test("broken lines end with 1 and are told; the others are exported", async () => {
    const folder = await folderWith({ "train.jsonl": `${line("a")}\n{"input":\n${line("b")}\n` });
    const { exitCode, stdout } = await dpoIn(folder, "export train.jsonl --to trl -o out");
    expect(exitCode).toBe(1);
    expect(stdout).toContain("train.jsonl:2");
    expect(stdout).toContain("lines read  3  = 2 exported + 1 rejected");
    expect((await read(folder, "out/trl/train.jsonl")).split("\n")).toHaveLength(3);
  });

  test.each([
    ["export", "needs a file"],
    ["export train.jsonl -o out", "needs --to"],
    ["export train.jsonl --to trl", "needs -o"],
    ["export train.jsonl --to torch -o out", "--to takes sft, trl"],
    ["export missing.jsonl --to trl -o out", "missing.jsonl"],
    ["export train.jsonl --to trl -o out --fraction 2", "--fraction takes"],
  ])("dpo %s is refused", async (words, said) => {
    const folder = await folderWith({ "train.jsonl": file });
    const { exitCode, stderr } = await dpoIn(folder, words);
    expect(exitCode).toBe(2);
    expect(stderr.replace(/\s+/gu, " ")).toContain(said);
    expect(await readdir(folder)).toEqual(["train.jsonl"]);
  });

  test("nothing is overwritten without --force", async () => {
    const folder = await folderWith({ "train.jsonl": file });
    await dpoIn(folder, "export train.jsonl --to trl -o out");
    const again = await dpoIn(folder, "export train.jsonl --to trl -o out");
    expect(again).toMatchObject({ exitCode: 2, stderr: expect.stringContaining("IO_OUTPUT_EXISTS") });
    expect((await dpoIn(folder, "export train.jsonl --to trl -o out --force")).exitCode).toBe(0);
  });
});

test("an export that is killed leaves nothing that looks complete and is not", {
  timeout: 120_000,
}, async () => {
  const folder = await folderWith({ "train.jsonl": file.repeat(600) });
  const words = ["export", "train.jsonl", "--to", "trl,llama-factory", "-o"];
  const started = performance.now();
  expect((await runDpo([...words, "whole"], { cwd: folder })).exitCode).toBe(0);
  const duration = performance.now() - started;
  let killed = 0;
  for (const part of [0.3, 0.5, 0.7, 0.85, 0.95]) {
    const out = `killed-${part}`;
    const { signal } = await runDpo([...words, out], { cwd: folder, killAfter: part * duration });
    killed += signal === "SIGKILL" ? 1 : 0;
    const isWhole = await isComplete(join(folder, out), "export.manifest.json");
    expect(existsSync(join(folder, out, "export.manifest.json"))).toBe(isWhole);
    for (const name of ["trl/train.jsonl", "llama-factory/train.jsonl"]) {
      if (existsSync(join(folder, out, name))) {
        expect(await read(folder, `${out}/${name}`)).toBe(await read(folder, `whole/${name}`));
      }
    }
  }
  expect(killed).toBeGreaterThan(1);
});

describe("dpo convert --export", () => {
  test("exports every split in the same run", async () => {
    const folder = await folderWith({ "train.jsonl": file });
    const words =
      "convert train.jsonl -o out/ --split train=0.8,test=0.2 --export trl,llama-factory --seed 1";
    const { exitCode, stderr } = await dpoIn(folder, words);
    expect(exitCode, stderr).toBe(0);
    expect(stderr).toContain("llama-factory  31  = 31 written");
    expect((await readdir(join(folder, "out"))).sort()).toEqual([
      "llama-factory",
      "manifest.json",
      "test.jsonl",
      "train.jsonl",
      "trl",
    ]);
    expect(await readdir(join(folder, "out/trl"))).toEqual(["test.jsonl", "train.jsonl"]);
    expect(await isComplete(join(folder, "out"))).toBe(true);
    const one = await dpoIn(folder, "convert train.jsonl -o one.jsonl --export trl");
    expect(one).toMatchObject({ exitCode: 2, stderr: expect.stringContaining("--export") });
  });

  test("--dry-run tells what a target may lose", async () => {
    const folder = await folderWith({ "train.jsonl": file });
    const { exitCode, stdout } = await dpoIn(folder, "convert train.jsonl --dry-run --export axolotl,openai");
    expect(exitCode).toBe(0);
    expect(stdout).toContain("exported to axolotl: Axolotl, chat_template.default, which may lose or");
    expect(stdout).toContain("EXPORT_LOSES_TOOLS");
    expect(stdout).toContain("exported to openai: OpenAI\n");
    const { plan } = JSON.parse(
      (await dpoIn(folder, "convert train.jsonl --dry-run --export kto --json")).stdout,
    );
    expect(plan.exports).toMatchObject([{ target: "kto" }]);
  });
});
