import { optionsOf } from "@dpo-kit/pipeline/options";
import { runProcess } from "@dpo-kit/testkit";
import { describe, expect, test } from "vitest";
import { commandDescriptions } from "../command-line/command-descriptions.ts";
import { flagsOf } from "../command-line/parse-command-line.ts";
import { bashCompletion } from "./bash.ts";
import { completionModel } from "./completion-model.ts";
import { fishCompletion } from "./fish.ts";
import { zshCompletion } from "./zsh.ts";

const model = completionModel();

/** What bash would offer after these words, the last of which is being typed. */
async function offered(...words: string[]): Promise<string[]> {
  const script = `${bashCompletion(model)}
COMP_WORDS=(dpo ${words.map((word) => `'${word}'`).join(" ")})
COMP_CWORD=${words.length}
_dpo
printf '%s\\n' "\${COMPREPLY[@]}"`;
  const { exitCode, stdout, stderr } = await runProcess("bash", ["--norc", "-s"], { stdin: script });
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
  return stdout.split("\n").filter((word) => word !== "");
}

describe.skipIf(process.platform === "win32")("bash", () => {
  test.each<[string[], string[]]>([
    [["con"], ["convert"]],
    [["convert", "--on-i"], ["--on-invalid"]],
    [
      ["convert", "a.csv", "--on-invalid", "s"],
      ["skip", "stop"],
    ],
    [["validate", "--target", "a"], ["azure"]],
    [
      ["completion", ""],
      ["bash", "zsh", "fish"],
    ],
    [["explain", "CSV_RAG"], ["CSV_RAGGED_ROW"]],
    [["help", "exit"], ["exit-codes"]],
    [["convert", "--no-d"], ["--no-digest"]],
  ])("%j", async (words, expected) => {
    expect(await offered(...words)).toEqual(expected);
  });

  test("paths, and values it cannot know, are left to the shell", async () => {
    expect(await offered("convert", "fee")).toEqual([]);
    expect(await offered("convert", "-o", "out")).toEqual([]);
    expect(await offered("convert", "--limit", "1")).toEqual([]);
  });
});

describe.each([
  ["bash", bashCompletion(model)],
  ["zsh", zshCompletion(model)],
  ["fish", fishCompletion(model)],
])("%s", (shell, script) => {
  test("knows every command and every flag", () => {
    for (const { name } of commandDescriptions) {
      expect(script).toContain(name);
    }
    for (const flag of flagsOf(optionsOf("convert"))) {
      expect(script).toContain(shell === "fish" ? `-l ${flag.slice(2)} ` : flag);
    }
  });

  test("leaves no quote open", () => {
    const outside = script.replace(/\\'/gu, "");
    expect(outside.split("'").length % 2).toBe(1);
  });
});
