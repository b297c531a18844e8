import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, watch } from "node:fs";
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import { type ProcessResult, runProcess, temporaryFolder } from "@dpo-kit/testkit";
import { describe, expect, test } from "vitest";
import { isComplete } from "./outputs.ts";
import { dpoPath, plainEnvironment, runDpo } from "./run-dpo.ts";

const clean = "prompt,chosen,rejected\nHi,Hello!,What\nBye,See you,Go\n";
/** Row 2 has equal answers, row 3 a field too many. */
const dirty = "prompt,chosen,rejected\nHi,Hello!,What\nSame,yes,yes\nA,b,c,d\n";

/** A folder with these files in it. */
async function folderWith(files: Readonly<Record<string, string | Uint8Array>>): Promise<string> {
  const folder = await temporaryFolder();
  await Promise.all(Object.entries(files).map(([name, content]) => writeFile(join(folder, name), content)));
  return folder;
}

/** Runs `dpo` in a folder, the words given as in a shell without quotes. */
function dpoIn(
  folder: string,
  words: string,
  options: Parameters<typeof runDpo>[1] = {},
): Promise<ProcessResult> {
  return runDpo(words.split(" "), { cwd: folder, ...options });
}

const linesOf = (text: string): unknown[] =>
  text
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line));

const read = (folder: string, name: string): Promise<string> => readFile(join(folder, name), "utf8");

describe("where things go", () => {
  test.each<[string, string[]]>([
    ["-o train.jsonl", ["train.jsonl", "train.manifest.json", "train.rejects.jsonl"]],
    [
      "-o train.jsonl --provenance",
      ["train.jsonl", "train.manifest.json", "train.provenance.jsonl", "train.rejects.jsonl"],
    ],
    ["-o train.jsonl.gz", ["train.jsonl.gz", "train.manifest.json", "train.rejects.jsonl"]],
    ["-o train.jsonl --rejects bad.jsonl --manifest made.json", ["bad.jsonl", "made.json", "train.jsonl"]],
    [
      "-o train.jsonl --issues i.jsonl --sarif s.json",
      ["i.jsonl", "s.json", "train.jsonl", "train.manifest.json", "train.rejects.jsonl"],
    ],
    ["-o -", []],
    ["-o - --rejects bad.jsonl", ["bad.jsonl"]],
  ])("convert in.csv %s", async (words, files) => {
    const folder = await folderWith({ "in.csv": dirty });
    expect((await dpoIn(folder, `convert in.csv ${words}`)).exitCode).toBe(1);
    expect((await readdir(folder)).filter((name) => name !== "in.csv").sort()).toEqual(files);
  });

  test.each([["out/"], ["out"], ["new/deep/"]])("-o %s is a folder", async (output) => {
    const folder = await folderWith({ "in.csv": dirty });
    await dpoIn(folder, `convert in.csv -o ${output} --provenance`);
    expect((await readdir(join(folder, output))).sort()).toEqual([
      "manifest.json",
      "provenance.jsonl",
      "rejects.jsonl",
      "train.jsonl",
    ]);
    expect(await isComplete(join(folder, output))).toBe(true);
  });

  test("a folder that is there is one, whatever its name", async () => {
    const folder = await folderWith({ "in.csv": clean });
    await mkdir(join(folder, "x.jsonl"));
    expect((await dpoIn(folder, "convert in.csv -o x.jsonl")).exitCode).toBe(0);
    expect(await readdir(join(folder, "x.jsonl"))).toContain("train.jsonl");
  });

  test("what is compressed holds the same lines", async () => {
    const folder = await folderWith({ "in.csv": clean, "in.csv.gz": gzipSync(clean) });
    await dpoIn(folder, "convert in.csv -o a.jsonl");
    await dpoIn(folder, "convert in.csv.gz -o b.jsonl.gz");
    const unpacked = gunzipSync(await readFile(join(folder, "b.jsonl.gz"))).toString("utf8");
    expect(unpacked).toBe(await read(folder, "a.jsonl"));
  });

  test("without -o lines go into the pipe, the summary beside it", async () => {
    const folder = await folderWith({ "in.csv": clean });
    const { exitCode, stdout, stderr } = await dpoIn(folder, "convert in.csv");
    expect(exitCode).toBe(0);
    expect(linesOf(stdout)).toHaveLength(2);
    expect(stderr).toContain("records      2  = 2 converted");
    expect(await readdir(folder)).toEqual(["in.csv"]);
  });

  test("standard input to standard output", async () => {
    const { exitCode, stdout } = await dpoIn(await temporaryFolder(), "convert - -o -", { stdin: clean });
    expect(exitCode).toBe(0);
    expect(linesOf(stdout)[0]).toEqual({
      input: { messages: [{ role: "user", content: "Hi" }], tools: [], parallel_tool_calls: true },
      preferred_output: [{ role: "assistant", content: "Hello!" }],
      non_preferred_output: [{ role: "assistant", content: "What" }],
    });
  });

  test("several inputs are read in their order, a pattern by name", async () => {
    const header = "prompt,chosen,rejected\n";
    const folder = await folderWith({
      "b.csv": `${header}b,1,2\n`,
      "a.csv": `${header}a,1,2\n`,
      "z.csv": `${header}z,1,2\n`,
    });
    const { stdout } = await dpoIn(folder, "convert z.csv [ab].csv");
    const prompts = (linesOf(stdout) as { input: { messages: { content: string }[] } }[]).map(
      ({ input }) => input.messages[0]?.content,
    );
    expect(prompts).toEqual(["z", "a", "b"]);
  });
});

describe("nothing is overwritten", () => {
  test.each(["train.jsonl", "train.manifest.json", "train.rejects.jsonl"])(
    "an existing %s ends the run with 2, before anything is read",
    async (name) => {
      const folder = await folderWith({ "in.csv": dirty, [name]: "mine" });
      const { exitCode, stderr } = await dpoIn(folder, "convert in.csv -o train.jsonl");
      expect(exitCode).toBe(2);
      expect(stderr).toContain("IO_OUTPUT_EXISTS");
      expect(stderr).toContain("--force");
      expect((await readdir(folder)).sort()).toEqual(["in.csv", name].sort());
      expect(await read(folder, name)).toBe("mine");
    },
  );

  test("but with --force", async () => {
    const folder = await folderWith({
      "in.csv": clean,
      "train.jsonl": "mine",
      "train.manifest.json": "mine",
    });
    expect((await dpoIn(folder, "convert in.csv -o train.jsonl --force")).exitCode).toBe(0);
    expect(linesOf(await read(folder, "train.jsonl"))).toHaveLength(2);
    expect(await isComplete(folder, "train.manifest.json")).toBe(true);
  });
});

describe("exit codes", () => {
  test.each<[number, string, string]>([
    [0, clean, ""],
    [1, dirty, ""],
    [1, dirty, "--allow-rejects 1"],
    [0, dirty, "--allow-rejects 2"],
    [0, dirty, "--allow-rejects 70%"],
    [1, dirty, "--allow-rejects 50%"],
    [0, dirty, "--on-invalid skip"],
    [1, dirty, "--on-invalid stop"],
    [0, "prompt,chosen,rejected\n", ""],
    [1, "prompt,chosen,rejected\nA,b,b\n", ""],
    [2, "task,best,good,worst\nA,b,c,d\n", ""],
    [2, clean, "--columns prompt=nope"],
  ])("%i for %j %s", async (expected, content, words) => {
    const folder = await folderWith({ "in.csv": content });
    const result = await dpoIn(folder, `convert in.csv -o out.jsonl ${words}`.trim());
    expect(result.exitCode, result.stderr).toBe(expected);
    expect(result.stdout).toBe("");
  });

  test("2 for a file that is not there", async () => {
    const { exitCode, stderr } = await dpoIn(await temporaryFolder(), "convert nope.csv -o out.jsonl");
    expect(exitCode).toBe(2);
    expect(stderr).toContain("IO_NOT_FOUND");
    expect(stderr).toContain("nope.csv");
  });

  test("--on-invalid skip counts, and keeps no rejects file; stop leaves nothing", async () => {
    const folder = await folderWith({ "in.csv": dirty });
    await dpoIn(folder, "convert in.csv -o skipped.jsonl --on-invalid skip");
    const { stderr } = await dpoIn(folder, "convert in.csv -o stopped.jsonl --on-invalid stop");
    expect(stderr).toContain("RUN_STOPPED");
    expect((await readdir(folder)).sort()).toEqual(["in.csv", "skipped.jsonl", "skipped.manifest.json"]);
  });
});

describe("input that is refused leaves no output", () => {
  test.each<[string, string | Uint8Array, string]>([
    ["nothing at all", "", "IO_EMPTY"],
    ["white space", " \n\n", "IO_EMPTY"],
    [
      "a Git-LFS pointer",
      "version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 12345\n",
      "IO_GIT_LFS_POINTER",
    ],
    ["an HTML page", "<!DOCTYPE html>\n<html><body>Sign in</body></html>\n", "IO_HTML_PAGE"],
  ])("%s", async (_name, content, code) => {
    const folder = await folderWith({ "in.csv": content });
    const { exitCode, stdout, stderr } = await dpoIn(folder, "convert in.csv -o out.jsonl");
    expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: "" });
    expect(stderr).toContain(code);
    expect(stderr).toContain("fix: ");
    expect(await readdir(folder)).toEqual(["in.csv"]);
  });

  test("a header without rows is no error", async () => {
    const folder = await folderWith({ "in.csv": "prompt,chosen,rejected\n" });
    const { exitCode, stderr } = await dpoIn(folder, "convert in.csv -o out.jsonl");
    expect(exitCode).toBe(0);
    expect(stderr).toContain("pairs        0  = 0 written");
  });
});

describe("machine output", () => {
  test("--json: one object, and the ledgers balance", async () => {
    const folder = await folderWith({ "in.csv": dirty });
    const { exitCode, stdout, stderr } = await dpoIn(folder, "convert in.csv -o out.jsonl --json");
    expect({ exitCode, stderr }).toEqual({ exitCode: 1, stderr: "" });
    const result = JSON.parse(stdout);
    expect(result).toMatchObject({
      schema: "dpo-kit/result@1",
      command: "convert",
      ok: false,
      exitCode: 1,
      ledgers: {
        units: { read: 3, blank: 0, malformed: 1, intoRecords: 2 },
        records: { total: 2, converted: 1, rejected: { PAIR_IDENTICAL: 1 } },
        pairs: { total: 1 },
      },
    });
    const kinds = (result.outputs as { kind: string }[]).map(({ kind }) => kind);
    expect(kinds.sort()).toEqual(["manifest", "rejects", "train"]);
    const places = (result.issues.first as { code: string; line: number }[]).map(
      ({ code, line }) => `${line} ${code}`,
    );
    expect(places.sort()).toEqual(["3 PAIR_IDENTICAL", "4 CSV_RAGGED_ROW"]);
    expect(Object.keys(result.issues.first[0])).toEqual(
      expect.arrayContaining(["code", "severity", "line", "column", "path", "message", "hint"]),
    );
  });

  test("--json with -o -: the last line of standard error", async () => {
    const { stdout, stderr } = await dpoIn(await temporaryFolder(), "convert - -o - --json", {
      stdin: clean,
    });
    expect(linesOf(stdout)).toHaveLength(2);
    expect(JSON.parse(stderr.trimEnd().split("\n").at(-1)!)).toMatchObject({ command: "convert", ok: true });
  });

  test("a failure is an object too", async () => {
    const { exitCode, stdout, stderr } = await dpoIn(
      await temporaryFolder(),
      "convert nope.csv -o out.jsonl --json",
    );
    expect({ exitCode, stderr }).toEqual({ exitCode: 2, stderr: "" });
    expect(JSON.parse(stdout)).toMatchObject({ ok: false, exitCode: 2, error: { code: "IO_NOT_FOUND" } });
  });

  test("--issues and --sarif hold every issue", async () => {
    const folder = await folderWith({ "in.csv": dirty });
    await dpoIn(folder, "convert in.csv -o out.jsonl --issues i.jsonl --sarif s.json");
    const codes = (linesOf(await read(folder, "i.jsonl")) as { code: string }[]).map(({ code }) => code);
    expect(codes.sort()).toEqual(["CSV_RAGGED_ROW", "PAIR_IDENTICAL"]);
    expect(JSON.parse(await read(folder, "s.json")).runs[0].results).toHaveLength(2);
  });

  test("rejects are valid input again", async () => {
    const folder = await folderWith({ "in.csv": dirty });
    await dpoIn(folder, "convert in.csv -o out.jsonl");
    const rejects = linesOf(await read(folder, "out.rejects.jsonl")) as { code: string; record?: object }[];
    expect(rejects.map(({ code }) => code)).toEqual(["PAIR_IDENTICAL", "CSV_RAGGED_ROW"]);
    expect(rejects[0]?.record).toEqual({ prompt: "Same", chosen: "yes", rejected: "yes" });
  });

  test("no colour in a pipe, colour if forced, none with NO_COLOR or --no-color", async () => {
    const folder = await folderWith({ "in.csv": dirty });
    const colourful = async (words: string, env: Record<string, string>): Promise<boolean> =>
      (await dpoIn(folder, `convert in.csv -o out.jsonl --force${words}`, { env })).stderr.includes(
        "\u001b[",
      );
    expect(await colourful("", {})).toBe(false);
    expect(await colourful("", { FORCE_COLOR: "1" })).toBe(true);
    expect(await colourful("", { FORCE_COLOR: "1", NO_COLOR: "1" })).toBe(false);
    expect(await colourful(" --no-color", { FORCE_COLOR: "1" })).toBe(false);
  });

  test("signs are ASCII where the locale is", async () => {
    const folder = await folderWith({ "in.csv": clean });
    const { stderr } = await dpoIn(folder, "convert in.csv -o out.jsonl", { env: { LANG: "C" } });
    expect(stderr).toMatch(/prompt +<- +prompt/u);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: it is ASCII that is asked for.
    expect(stderr).toMatch(/^[\x00-\x7f]*$/u);
  });

  test("data cannot steer the terminal", async () => {
    const folder = await folderWith({
      "in.csv": "prompt,chosen,rejected,\u001b]0;x\u0007\nHi,\u001b[2Jx,\u001b[2Jx,1\nA,b,c,d,\u009b\n",
    });
    for (const command of ["convert in.csv -o out.jsonl", "inspect in.csv"]) {
      const { stdout, stderr } = await dpoIn(folder, command);
      expect(stdout + stderr).not.toMatch(/[^\P{Cc}\n]/u);
    }
  });
});

describe("pipes and signals", () => {
  const rows = `prompt,chosen,rejected\n${`"What is it, please?","${"A long answer. ".repeat(30)}","No."\n`.repeat(20_000)}`;

  test("a reader that goes away early ends the run quietly with 0", async () => {
    const folder = await folderWith({ "in.csv": rows });
    const child = spawn(process.execPath, [dpoPath, "convert", "in.csv", "-o", "-"], {
      cwd: folder,
      env: { ...process.env, ...plainEnvironment },
    });
    let errors = "";
    child.stderr.on("data", (text: Buffer) => {
      errors += text.toString();
    });
    await once(child.stdout, "data");
    child.stdout.destroy();
    const [exitCode] = await once(child, "close");
    expect({ exitCode, errors }).toEqual({ exitCode: 0, errors: "" });
    expect(await readdir(folder)).toEqual(["in.csv"]);
  });

  test.skipIf(!existsSync("/dev/full"))(
    "an output that cannot be written ends with 2, and says why",
    async () => {
      const folder = await folderWith({ "in.csv": rows });
      const { exitCode, stderr } = await runProcess(
        "sh",
        ["-c", '"$0" "$1" convert in.csv -o - > /dev/full', process.execPath, dpoPath],
        { cwd: folder, env: plainEnvironment },
      );
      expect(exitCode).toBe(2);
      expect(stderr).toContain("ENOSPC");
      expect(stderr).not.toContain("    at ");
    },
  );

  test("a reader of help may go away too", async () => {
    const child = spawn(process.execPath, [dpoPath, "explain", ...Array<string>(3000).fill("IO_EMPTY")], {
      env: { ...process.env, ...plainEnvironment },
    });
    await once(child.stdout, "data");
    child.stdout.destroy();
    const [exitCode] = await once(child, "close");
    expect(exitCode).toBe(0);
  });

  test.skipIf(process.platform === "win32").each([
    ["SIGINT", 130],
    ["SIGTERM", 143],
  ] as const)("%s in the middle ends with %i and leaves nothing behind", async (signal, expected) => {
    const folder = await temporaryFolder();
    const child = spawn(
      process.execPath,
      [dpoPath, "convert", "-", "-o", "-", "--rejects", "bad.jsonl", "--manifest", "m.json"],
      {
        cwd: folder,
        env: { ...process.env, ...plainEnvironment },
      },
    );
    child.stdin.on("error", () => {});
    let errors = "";
    child.stderr.on("data", (text: Buffer) => {
      errors += text.toString();
    });
    // The input never ends: the first lines show that the run is in its middle.
    child.stdin.write(rows);
    await once(child.stdout, "data");
    child.stdout.resume();
    child.kill(signal);
    const [exitCode] = await once(child, "close");
    expect({ exitCode, errors }).toEqual({
      exitCode: expected,
      errors: "Stopped; nothing of this run is left behind.\n",
    });
    expect(await readdir(folder)).toEqual([]);
  });

  test.skipIf(process.platform === "win32")(
    "nor does one that waits for its input, once its files are begun",
    async () => {
      const folder = await temporaryFolder();
      const watcher = watch(folder);
      const child = spawn(process.execPath, [dpoPath, "convert", "-", "-o", "train.jsonl"], {
        cwd: folder,
        env: { ...process.env, ...plainEnvironment },
      });
      child.stdin.on("error", () => {});
      child.stdin.write(rows);
      await once(watcher, "change");
      watcher.close();
      child.kill("SIGINT");
      expect(await once(child, "close")).toEqual([130, null]);
      expect(await readdir(folder)).toEqual([]);
    },
  );
});
