import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { temporaryFolder } from "@dpo-kit/testkit";
import { describe, expect, test } from "vitest";
import { runDpo } from "./run-dpo.ts";

const line = (prompt: string): string =>
  `{"input":{"messages":[{"role":"user","content":${JSON.stringify(prompt)}}],"tools":[],"parallel_tool_calls":true},"preferred_output":[{"role":"assistant","content":"Yes."}],"non_preferred_output":[{"role":"assistant","content":"No."}]}\n`;

const enough = Array.from({ length: 12 }, (_, index) => line(`Question ${index}`)).join("");

async function folderWith(name: string, content: string): Promise<string> {
  const folder = await temporaryFolder();
  await writeFile(join(folder, name), content);
  return folder;
}

describe("dpo inspect", () => {
  const table = "Question;Better answer;Worse answer;rated_by\nHi;Hello!;What;mira\nBye;See you;Go;jon\n";

  test("shows what was found, what plays which part, what is left out, pairs, and the command", async () => {
    const folder = await folderWith("in.csv", table);
    const { exitCode, stdout, stderr } = await runDpo(["inspect", "in.csv"], { cwd: folder });
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
    for (const part of [
      "semicolon",
      "Better answer",
      "rated_by",
      "pair 1 (line 2)",
      "See you",
      "dpo convert in.csv",
    ]) {
      expect(stdout).toContain(part);
    }
    expect(await readdir(folder)).toEqual(["in.csv"]);
  });

  test("--json, and convert --dry-run says the same", async () => {
    const folder = await folderWith("in.csv", table);
    const inspected = JSON.parse((await runDpo(["inspect", "in.csv", "--json"], { cwd: folder })).stdout);
    expect(inspected).toMatchObject({ command: "inspect", ok: true, exitCode: 0 });
    expect(inspected.plan.sources[0].preview).toHaveLength(2);
    const dry = JSON.parse(
      (await runDpo(["convert", "in.csv", "--dry-run", "--json", "-o", "x.jsonl"], { cwd: folder })).stdout,
    );
    expect(dry).toMatchObject({ command: "convert", plan: inspected.plan });
    expect(await readdir(folder)).toEqual(["in.csv"]);
  });

  test("stops where a choice needs a flag", async () => {
    const folder = await folderWith("in.csv", "prompt,question,chosen,rejected\na,b,c,d\n");
    const { exitCode, stderr } = await runDpo(["inspect", "in.csv"], { cwd: folder });
    expect(exitCode).toBe(2);
    expect(stderr).toContain("--columns");
  });
});

describe("dpo validate", () => {
  test("0 where there is no error", async () => {
    const folder = await folderWith("train.jsonl", enough);
    const { exitCode, stdout, stderr } = await runDpo(["validate", "train.jsonl"], { cwd: folder });
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
    expect(stdout).toContain("0 errors");
  });

  test("1 where there is one; every problem at its place", async () => {
    const folder = await folderWith(
      "train.jsonl",
      `${enough}{"input": }\n${enough.replaceAll("preferred_output", "preferred_completion")}`,
    );
    const { exitCode, stdout } = await runDpo(["validate", "train.jsonl", "--json"], { cwd: folder });
    expect(exitCode).toBe(1);
    const result = JSON.parse(stdout);
    expect(result).toMatchObject({ command: "validate", ok: false, exitCode: 1 });
    expect(result.issues.first).toContainEqual(
      expect.objectContaining({ code: "LINE_INVALID_JSON", line: 13 }),
    );
    const [byLines] = result.files as { lines: number; errors: number }[];
    expect(byLines).toMatchObject({ lines: 25 });
    const { stdout: text } = await runDpo(["validate", "train.jsonl"], { cwd: folder });
    expect(text).toContain("train.jsonl:13:");
  });

  test("--fix writes a mended copy that passes", async () => {
    const folder = await folderWith(
      "train.jsonl",
      `\ufeff${enough.replaceAll("\n", "\r\n").replaceAll("preferred_output", "preferred_completion")}`,
    );
    const { exitCode, stdout } = await runDpo(["validate", "train.jsonl", "--fix", "-o", "fixed.jsonl"], {
      cwd: folder,
    });
    expect(stdout).toContain("mended");
    expect([0, 1]).toContain(exitCode);
    expect(await readFile(join(folder, "fixed.jsonl"), "utf8")).toBe(enough);
    expect((await runDpo(["validate", "fixed.jsonl"], { cwd: folder })).exitCode).toBe(0);
    const again = await runDpo(["validate", "train.jsonl", "--fix", "-o", "fixed.jsonl"], { cwd: folder });
    expect(again.exitCode).toBe(2);
    expect(again.stderr).toContain("IO_OUTPUT_EXISTS");
  });

  test("--fix -o - : the lines to standard output, the report beside them", async () => {
    const { stdout, stderr } = await runDpo(["validate", "-", "--fix", "-o", "-"], {
      stdin: enough.replaceAll("\n", "\r\n"),
    });
    expect(stdout).toBe(enough);
    expect(stderr).toContain("mended");
  });

  test("what convert writes, validate accepts", async () => {
    const rows = Array.from({ length: 12 }, (_, index) => `"Question ${index}",Yes,No\n`).join("");
    const folder = await folderWith("in.csv", `prompt,chosen,rejected\n${rows}`);
    expect((await runDpo(["convert", "in.csv", "-o", "train.jsonl"], { cwd: folder })).exitCode).toBe(0);
    const { exitCode, stdout } = await runDpo(
      ["validate", "train.jsonl", "--target", "openai,azure,together,fireworks"],
      { cwd: folder },
    );
    expect(exitCode, stdout).toBe(0);
  });

  test("2 for a file that is not there", async () => {
    expect((await runDpo(["validate", "no-such-file.jsonl"])).exitCode).toBe(2);
  });
});

test("dpo formats", async () => {
  const { exitCode, stdout } = await runDpo(["formats"]);
  expect(exitCode).toBe(0);
  expect(stdout).toMatch(/^csv /mu);
  const { stdout: json } = await runDpo(["formats", "--json"]);
  expect(JSON.parse(json)).toMatchObject({
    command: "formats",
    formats: expect.arrayContaining([expect.objectContaining({ id: "csv" })]),
  });
  expect((await runDpo(["formats", "csv"])).exitCode).toBe(2);
});
