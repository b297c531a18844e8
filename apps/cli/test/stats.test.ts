import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type ProcessResult, temporaryFolder } from "@dpo-kit/testkit";
import { describe, expect, test } from "vitest";
import { displayWidth } from "../src/terminal/display-width.ts";
import { runDpo } from "./run-dpo.ts";

const line = (prompt: string, better: string, worse: string): string =>
  JSON.stringify({
    input: { messages: [{ role: "user", content: prompt }], tools: [], parallel_tool_calls: true },
    preferred_output: [{ role: "assistant", content: better }],
    non_preferred_output: [{ role: "assistant", content: worse }],
  });

const file = (...lines: string[]): string => lines.map((each) => `${each}\n`).join("");

/** Longer answers are preferred, one line repeats, one holds a key. */
const secret = `sk-${"a1".repeat(12)}`;
const biased = file(
  ...Array.from({ length: 60 }, (_, row) =>
    line(`Question ${row}?`, `A rather long answer, number ${row}.`, "No."),
  ),
  line("Question 0?", "A rather long answer, number 0.", "No."),
  line("Key?", `Take ${secret} and go`, "No."),
);

async function folderWith(files: Readonly<Record<string, string>>): Promise<string> {
  const folder = await temporaryFolder();
  await mkdir(folder, { recursive: true });
  await Promise.all(Object.entries(files).map(([name, content]) => writeFile(join(folder, name), content)));
  return folder;
}

function dpoIn(
  folder: string,
  words: string,
  options: { stdin?: string; env?: Record<string, string> } = {},
): Promise<ProcessResult> {
  return runDpo(words.split(" "), { cwd: folder, ...options });
}

describe("dpo stats", () => {
  test("what should be looked at comes first, with what to do and the command that does it", async () => {
    const folder = await folderWith({ "train.jsonl": biased });
    const { exitCode, stdout, stderr } = await dpoIn(folder, "stats train.jsonl");
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
    const beginning = stdout.split("\n").slice(0, 20).join("\n");
    expect(beginning).toMatch(/^train\.jsonl {2}62 pairs of 61 prompts/u);
    expect(beginning).toContain(
      "AUDIT_SECRET\n  1 pair holds a key of OpenAI\n    train.jsonl:62  preferred answer  sk-a…",
    );
    expect(beginning).toContain("The preferred answer is the longer one in 62 of 62 pairs");
    expect(stdout).toContain("run: dpo dedupe train.jsonl -o clean.jsonl");
    expect(stdout).toMatch(/tokens \(o200k_base\) +median/u);
    expect(stdout).toMatch(/openai +gpt-4\.1-mini +\$0\.01 to \$0\.01 +at \$5 a million, 2025-10/u);
    expect(stdout).not.toContain(secret.slice(0, 10));
  });

  test.each([40, 60, 80, 120])("fits %d columns, without colours where no terminal is", async (columns) => {
    const folder = await folderWith({
      "train.jsonl": biased,
      "other.jsonl": biased.replaceAll("long", "short"),
    });
    const env = { COLUMNS: String(columns) };
    const { stdout } = await dpoIn(folder, "stats train.jsonl other.jsonl --no-tokens", { env });
    const paths = /\.jsonl|^ +\S+$/u;
    const wide = stdout.split("\n").filter((each) => displayWidth(each) > columns && !paths.test(each));
    expect(wide).toEqual([]);
    expect(stdout).not.toContain("\u001b");
    expect(stdout.includes("█")).toBe(true);
  });

  test("colours and signs are those that are asked for", async () => {
    const folder = await folderWith({ "train.jsonl": biased });
    const plain = await dpoIn(folder, "stats train.jsonl --no-tokens", {
      env: { LANG: "C", FORCE_COLOR: "1", NO_COLOR: "1" },
    });
    expect(plain.stdout).toMatch(/ #+$/mu);
    expect(plain.stdout).not.toContain("█");
    expect(plain.stdout).not.toContain("\u001b");
    const coloured = await dpoIn(folder, "stats train.jsonl --no-tokens --color");
    expect(coloured.stdout).toContain("\u001b[33mwarning");
  });

  test("--json is one object with all figures", async () => {
    const folder = await folderWith({ "train.jsonl": biased });
    const { stdout } = await dpoIn(folder, "stats train.jsonl --model gpt-3.5-turbo --epochs 3 --json");
    const result = JSON.parse(stdout);
    expect(result).toMatchObject({
      schema: "dpo-kit/result@1",
      command: "stats",
      ok: true,
      exitCode: 0,
      encoding: "cl100k_base",
    });
    expect(result.statistics).toMatchObject({
      schema: "dpo-kit/statistics@1",
      pairs: 62,
      repeats: { duplicateLines: 1 },
    });
    expect(result.cost[0]).toMatchObject({ provider: "openai", asOf: "2025-10" });
    expect(stdout).not.toContain(secret.slice(0, 10));
  });

  test("standard input, --issues, and broken lines", async () => {
    const folder = await folderWith({});
    const given = { stdin: `${biased}no json\n` };
    const { exitCode, stdout } = await dpoIn(folder, "stats - --no-tokens --issues found.jsonl", given);
    expect(exitCode).toBe(1);
    expect(stdout).toContain("1 line could not be read: exit code 1");
    const issues = (await readFile(join(folder, "found.jsonl"), "utf8"))
      .trim()
      .split("\n")
      .map((each) => JSON.parse(each));
    expect(issues.find(({ code }) => code === "AUDIT_SECRET")).toMatchObject({
      location: { source: "-", line: 62 },
      found: expect.stringContaining("sk-a… (27 characters)"),
    });
  });

  test("says what is not known of it", async () => {
    const folder = await folderWith({ "train.jsonl": biased });
    const model = await dpoIn(folder, "stats train.jsonl --model llama-3");
    expect(model).toMatchObject({ exitCode: 2, stdout: "" });
    expect(model.stderr).toContain("TOKENS_ENCODING_UNKNOWN");
    const none = await dpoIn(folder, "stats none.jsonl");
    expect(none.stderr).toContain("IO_NOT_FOUND");
    const folderOnly = await dpoIn(folder, "stats .");
    expect(folderOnly.stderr).toContain("RUN_FOLDER_INCOMPLETE");
  });

  test("the folder of a run, with the name of each split", async () => {
    const folder = await folderWith({ "train.jsonl": biased });
    await dpoIn(folder, "split train.jsonl -o out/ -q");
    const { exitCode, stdout } = await dpoIn(folder, "stats out --no-tokens");
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/out\/train\.jsonl +\d+ +train\n +out\/validation\.jsonl +\d+ +validation/u);
  });
});

describe("dpo diff", () => {
  const old = file(line("a?", "yes", "no"), line("b?", "yes", "no"), line("c?", "yes", "no"));
  const fresh = file(line("c?", "yes", "no"), line("b?", "no", "yes"), line("d?", "yes", "no"));

  test("added, removed, flipped, with places; only --exit-code makes it a failure", async () => {
    const folder = await folderWith({ "old.jsonl": old, "new.jsonl": fresh });
    const { exitCode, stdout } = await dpoIn(folder, "diff old.jsonl new.jsonl");
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^added +1 {2}only in the new one: new\.jsonl:3$/mu);
    expect(stdout).toMatch(/^removed +1 {2}only in the old one: old\.jsonl:1$/mu);
    expect(stdout).toMatch(/^flipped +1 {2}the other answer is preferred: new\.jsonl:2$/mu);
    expect(stdout).toMatch(/^unchanged +1$/mu);
    const script = await dpoIn(folder, "diff old.jsonl new.jsonl --exit-code");
    expect(script.exitCode).toBe(1);
    expect(script.stdout).toContain("3 pairs differ: exit code 1");
    const same = await dpoIn(folder, "diff old.jsonl old.jsonl --exit-code -q");
    expect(same).toMatchObject({ exitCode: 0, stdout: "", stderr: "" });
    const quiet = await dpoIn(folder, "diff old.jsonl new.jsonl --exit-code -q");
    expect(quiet).toMatchObject({ exitCode: 1, stdout: "", stderr: "" });
  });

  test("--json, and what it needs", async () => {
    const folder = await folderWith({ "old.jsonl": old, "new.jsonl": fresh });
    const { stdout } = await dpoIn(folder, "diff old.jsonl new.jsonl --json");
    expect(JSON.parse(stdout)).toMatchObject({
      command: "diff",
      diff: { schema: "dpo-kit/diff@1", added: { pairs: 1 }, same: false },
    });
    const one = await dpoIn(folder, "diff old.jsonl");
    expect(one.exitCode).toBe(2);
    expect(one.stderr).toContain("dpo diff needs two datasets");
  });
});

describe("--max-tokens", () => {
  test("takes out whole pairs, or ends with 1 and a list of them", async () => {
    const folder = await folderWith({
      "in.csv": `prompt,chosen,rejected\nWhy?,${"word ".repeat(50)}end,No.\nWho?,Me.,You.\n`,
    });
    const dropped = await dpoIn(folder, "convert in.csv -o train.jsonl --max-tokens 20 --model gpt-4o");
    expect(dropped.exitCode).toBe(0);
    expect(dropped.stderr).toContain("= 1 written + 1 filtered");
    expect(await readFile(join(folder, "train.removed.jsonl"), "utf8")).toContain('"reason":"max-tokens"');
    const refused = await dpoIn(folder, "convert in.csv -o other.jsonl --max-tokens 20 --over error");
    expect(refused.exitCode).toBe(1);
    expect(refused.stderr).toContain("TOKENS_OVER_LIMIT");
    expect(refused.stderr).toContain("in.csv:2");
    await expect(readFile(join(folder, "other.jsonl"))).rejects.toThrow();
  });
});
