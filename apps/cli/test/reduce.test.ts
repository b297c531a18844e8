import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { type ProcessResult, temporaryFolder } from "@dpo-kit/testkit";
import { describe, expect, test } from "vitest";
import { isComplete } from "./outputs.ts";
import { runDpo } from "./run-dpo.ts";

/** A canonical line, with answers that leave no doubt which pair it is. */
const line = (prompt: string, better = "Yes, gladly", worse = "No"): string =>
  JSON.stringify({
    input: { messages: [{ role: "user", content: prompt }], tools: [], parallel_tool_calls: true },
    preferred_output: [{ role: "assistant", content: better }],
    non_preferred_output: [{ role: "assistant", content: worse }],
  });

const file = (...lines: string[]): string => lines.map((each) => `${each}\n`).join("");

/** Forty prompts, each with two pairs. */
const many = file(
  ...Array.from({ length: 80 }, (_, index) =>
    line(`What is number ${index % 40}?`, `Answer ${index}`, "None"),
  ),
);

async function folderWith(files: Readonly<Record<string, string | Uint8Array>>): Promise<string> {
  const folder = await temporaryFolder();
  await Promise.all(Object.entries(files).map(([name, content]) => writeFile(join(folder, name), content)));
  return folder;
}

/** Runs `dpo` in a folder, the words given as in a shell without quotes. */
function dpoIn(folder: string, words: string, options: { stdin?: string } = {}): Promise<ProcessResult> {
  return runDpo(words.split(" "), { cwd: folder, ...options });
}

const read = (folder: string, name: string): Promise<string> => readFile(join(folder, name), "utf8");

const linesOf = async (folder: string, name: string): Promise<string[]> =>
  (await read(folder, name)).split("\n").slice(0, -1);

const rowsOf = async (folder: string, name: string): Promise<Record<string, unknown>[]> =>
  (await linesOf(folder, name)).map((each) => JSON.parse(each));

const promptOf = (each: string): string => JSON.parse(each).input.messages[0].content;

describe("dpo dedupe", () => {
  test("takes out equal lines, carries the others as they stand, and says so", async () => {
    const odd = line("b").replaceAll(":", " :  ");
    const folder = await folderWith({ "in.jsonl": file(line("a"), odd, line("a"), line("c"), line("b")) });
    const { exitCode, stdout, stderr } = await dpoIn(folder, "dedupe in.jsonl -o out.jsonl");
    expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: "" });
    expect(await read(folder, "out.jsonl")).toBe(file(line("a"), odd, line("c")));
    expect(stderr).toContain("pairs        5  = 3 written + 2 duplicates");
    expect(stderr).toMatch(/^then +duplicates: equal lines$/mu);
    expect(await rowsOf(folder, "out.removed.jsonl")).toMatchObject([
      {
        reason: "duplicate",
        by: "exact-dedupe",
        at: { source: "in.jsonl", record: 2, line: 3, pair: 0 },
        kept: { at: { source: "in.jsonl", record: 0, line: 1, pair: 0 } },
        line: JSON.parse(line("a")),
      },
      { at: { line: 5 }, kept: { at: { line: 2 } } },
    ]);
    expect(await isComplete(folder, "out.manifest.json")).toBe(true);
  });

  test("reads compressed files and a pipe, and writes into one", async () => {
    const folder = await folderWith({
      "a.jsonl.gz": gzipSync(file(line("a"))),
      "b.jsonl": file(line("b"), line("a")),
    });
    const { stdout } = await dpoIn(folder, "dedupe a.jsonl.gz b.jsonl -o -");
    expect(stdout).toBe(file(line("a"), line("b")));
    const piped = await dpoIn(folder, "dedupe -", { stdin: file(line("x"), line("x")) });
    expect(piped.stdout).toBe(file(line("x")));
    expect(await readdir(folder)).toHaveLength(2);
  });

  test("bad lines are rejected with their codes; the others are written", async () => {
    const folder = await folderWith({ "in.jsonl": file(line("a"), "{", '{"prompt":"x"}', line("b")) });
    const { exitCode, stderr } = await dpoIn(folder, "dedupe in.jsonl -o out.jsonl");
    expect(exitCode).toBe(1);
    expect(await linesOf(folder, "out.jsonl")).toHaveLength(2);
    const rejects = await rowsOf(folder, "out.rejects.jsonl");
    expect(rejects.map(({ location }) => (location as { line: number }).line)).toEqual([2, 3]);
    expect(rejects[0]).toMatchObject({ code: "LINE_INVALID_JSON" });
    expect(stderr).toContain("lines read   4  = 3 into records + 1 malformed");
  });

  test.each<[string, number, string[]]>([
    ["--dedupe normalised", 3, ["duplicate"]],
    ["--dedupe off --max-pairs-per-prompt 1", 2, ["max-pairs-per-prompt", "max-pairs-per-prompt"]],
    ["--conflicts drop", 2, ["conflict", "conflict"]],
    ["--conflicts keep-first", 3, ["conflict"]],
    ["--near 0.8 --allow-removal 100%", 3, ["duplicate"]],
  ])("%s", async (words, kept, reasons) => {
    const folder = await folderWith({
      "in.jsonl": file(
        line("Shall we go?", "Yes, let us go to the sea now", "No"),
        line("Shall we go?", "yes,  let us go to the sea now", "NO"),
        line("Shall we go?", "No", "Yes, let us go to the sea now"),
        line("Another question entirely?", "Yes", "No"),
      ).replace(words.startsWith("--conflicts") ? /^.*yes, {2}let.*\n/mu : /never/u, ""),
    });
    const { exitCode, stderr } = await dpoIn(folder, `dedupe in.jsonl -o out.jsonl ${words}`);
    expect(exitCode, stderr).toBe(0);
    const expected = words.startsWith("--conflicts") ? kept - 1 : kept;
    expect(await linesOf(folder, "out.jsonl")).toHaveLength(expected);
    const removed = await rowsOf(folder, "out.removed.jsonl");
    expect(removed.map(({ reason }) => reason)).toEqual(reasons);
  });

  test("near duplicates that would take out too much stop the run, with the flag that allows it", async () => {
    const long = (word: string): string => line(`One two three four five six seven eight nine ten ${word}?`);
    const folder = await folderWith({ "in.jsonl": file(long("a"), long("b"), long("c")) });
    const { exitCode, stderr } = await dpoIn(
      folder,
      "dedupe in.jsonl -o out.jsonl --near 0.5 --near-on prompt",
    );
    expect(exitCode).toBe(1);
    expect(stderr).toContain("DEDUPE_REMOVES_TOO_MANY");
    expect(stderr).toContain("--allow-removal");
    expect(await readdir(folder)).toEqual(["in.jsonl"]);
  });

  test("--conflicts error ends with 1 and leaves no output", async () => {
    const folder = await folderWith({ "in.jsonl": file(line("a", "x", "y"), line("a", "y", "x")) });
    const { exitCode, stderr } = await dpoIn(folder, "dedupe in.jsonl -o out.jsonl --conflicts error");
    expect(exitCode).toBe(1);
    expect(stderr).toContain("DEDUPE_CONFLICT");
    expect(await readdir(folder)).toEqual(["in.jsonl"]);
  });

  test("--list-conflicts lists them, and takes nothing out", async () => {
    const folder = await folderWith({
      "in.jsonl": file(line("a", "x", "y"), line("a", "y", "x"), line("b")),
    });
    const words = "dedupe in.jsonl -o out.jsonl --list-conflicts conflicts.jsonl";
    expect((await dpoIn(folder, words)).exitCode).toBe(0);
    expect(await linesOf(folder, "out.jsonl")).toHaveLength(3);
    expect(await rowsOf(folder, "conflicts.jsonl")).toMatchObject([
      { kind: "contradiction", pairCount: 2, pairs: [{ number: 0 }, { number: 1 }] },
    ]);
  });

  test("--against takes out what is held out, of whatever format", async () => {
    const folder = await folderWith({
      "in.jsonl": file(line("What is it?"), line("Who?"), line("Where?")),
      "eval.csv": "prompt,chosen,rejected\nwhat  is it?,a,b\n",
      "more.jsonl": file(line("Who?")),
    });
    const words = "dedupe in.jsonl -o out.jsonl --against eval.csv --against more.jsonl";
    const { exitCode, stderr } = await dpoIn(folder, words);
    expect(exitCode, stderr).toBe(0);
    expect((await linesOf(folder, "out.jsonl")).map(promptOf)).toEqual(["Where?"]);
    expect(stderr).toContain("2 held out");
    const none = await dpoIn(folder, "dedupe in.jsonl -o all.jsonl --against in.jsonl");
    expect(none.exitCode).toBe(1);
    expect(none.stderr).toContain("All 3 pairs were taken out");
    expect(await readdir(folder)).not.toContain("all.jsonl");
  });
});

test("a held-out file is never written to, and one that is not there stops the run at once", async () => {
  const folder = await folderWith({ "in.jsonl": many, "eval.jsonl": file(line("a")) });
  const over = await dpoIn(folder, "dedupe in.jsonl -o eval.jsonl --against eval.jsonl --force");
  expect(over.exitCode).toBe(2);
  expect(await read(folder, "eval.jsonl")).toBe(file(line("a")));
  const gone = await dpoIn(folder, "dedupe in.jsonl -o out.jsonl --against nope.jsonl");
  expect(gone.exitCode).toBe(2);
  expect(gone.stderr).toContain("nope.jsonl");
  expect((await readdir(folder)).sort()).toEqual(["eval.jsonl", "in.jsonl"]);
});

describe("dpo split", () => {
  test("splits by prompt into a folder, with the proof", async () => {
    const folder = await folderWith({ "in.jsonl": many });
    const { exitCode, stderr } = await dpoIn(folder, "split in.jsonl -o out/");
    expect(exitCode, stderr).toBe(0);
    expect((await readdir(join(folder, "out"))).sort()).toEqual([
      "manifest.json",
      "train.jsonl",
      "validation.jsonl",
    ]);
    const train = await linesOf(folder, "out/train.jsonl");
    const validation = await linesOf(folder, "out/validation.jsonl");
    expect([...train, ...validation].sort()).toEqual(many.split("\n").slice(0, -1).sort());
    expect(validation.length).toBeGreaterThan(0);
    const trained = new Set(train.map(promptOf));
    expect(validation.map(promptOf).filter((prompt) => trained.has(prompt))).toEqual([]);
    expect(stderr).toContain("no prompt is in two files");
    const manifest = JSON.parse(await read(folder, "out/manifest.json"));
    expect(manifest.split).toMatchObject({ promptsInSeveralFiles: 0 });
    expect(manifest.ledgers.pairs.written).toEqual({
      "train.jsonl": train.length,
      "validation.jsonl": validation.length,
    });
    const proof = await dpoIn(folder, "validate --leakage out/train.jsonl out/validation.jsonl --json");
    expect(JSON.parse(proof.stdout).leakage).toEqual({ sharedPrompts: 0, overlaps: [] });
  });

  test("rows that are added move no old one; another seed does", async () => {
    const folder = await folderWith({ "in.jsonl": many, "more.jsonl": file(line("New?"), line("Newer?")) });
    await dpoIn(folder, "split in.jsonl -o one/ --test-size 0.3");
    await dpoIn(folder, "split more.jsonl in.jsonl -o two/ --test-size 0.3");
    await dpoIn(folder, "split in.jsonl -o three/ --test-size 0.3 --seed 7");
    const old = (lines: string[]): string[] => lines.filter((each) => !promptOf(each).startsWith("New"));
    expect(old(await linesOf(folder, "two/test.jsonl"))).toEqual(await linesOf(folder, "one/test.jsonl"));
    expect(await linesOf(folder, "three/test.jsonl")).not.toEqual(await linesOf(folder, "one/test.jsonl"));
  });

  test.each<[string, RegExp]>([
    [
      "--split train=0.5,validation=0.25,test=0.25",
      /^then +train=0.5,validation=0.25,test=0.25 by prompt$/mu,
    ],
    ["--split train=rest,test=10", /10 written to test.jsonl/u],
    ["--split-by conversation", /by conversation$/mu],
    ["--split-by near", /by near \(second pass\)/u],
    ["--stratify length", /stratified by length\s+\(second pass\)/u],
    ["--sample 10", /70\s+sampled out/u],
    ["--sample 50%", /sampled\s+out/u],
    ["--limit 10 --shuffle", /lines read +10/u],
    ["--max-pairs-per-prompt 1", /40\s+filtered/u],
  ])("%s", async (words, said) => {
    const folder = await folderWith({ "in.jsonl": many });
    const { exitCode, stderr } = await dpoIn(folder, `split in.jsonl -o out/ ${words} --memory 10kB`);
    expect(exitCode, stderr).toBe(0);
    expect(stderr).toMatch(said);
    expect(await isComplete(join(folder, "out"))).toBe(true);
    expect((await readdir(join(folder, "out"))).filter((name) => name.startsWith("."))).toEqual([]);
  });

  test("--shuffle draws an order, the same for the same seed", async () => {
    const folder = await folderWith({ "in.jsonl": many });
    await dpoIn(folder, "dedupe in.jsonl -o a.jsonl --shuffle");
    await dpoIn(folder, "dedupe in.jsonl -o b.jsonl --shuffle --memory 1kB");
    await dpoIn(folder, "dedupe in.jsonl -o c.jsonl --shuffle --seed 1");
    const [a, c] = [await linesOf(folder, "a.jsonl"), await linesOf(folder, "c.jsonl")];
    expect(await read(folder, "b.jsonl")).toBe(await read(folder, "a.jsonl"));
    expect(a).not.toEqual(many.split("\n").slice(0, -1));
    expect(a).not.toEqual(c);
    expect([...a].sort()).toEqual(many.split("\n").slice(0, -1).sort());
  });

  test.each<[string, string]>([
    ["split in.jsonl -o out.jsonl", "-o out/"],
    ["split in.jsonl -o -", "-o out/"],
    ["convert in.jsonl -o out.jsonl --split train=0.9,test=0.1", "-o out/"],
    ["convert in.jsonl -o out/ --split-by prompt", "--split train=0.9"],
    ["split in.jsonl -o out/ --split train=0.9,test=0.2", "--split takes"],
    ["split in.jsonl -o out/ --split train=0.9,test=0.1 --test-size 0.1", "--test-size"],
    ["split in.jsonl -o out/ --split-by topic", "SPLIT_FIELD_UNKNOWN"],
    ["split in.jsonl -o out/ --split train=rest,test=3 --stratify length", "--stratify"],
    ["validate --leakage in.jsonl", "--leakage compares files"],
  ])("2 for %s", async (words, said) => {
    const folder = await folderWith({ "in.jsonl": many });
    const { exitCode, stderr } = await dpoIn(folder, words);
    expect(exitCode).toBe(2);
    expect(stderr.replaceAll(/\s+/gu, " ")).toContain(said);
    expect(await readdir(folder)).toEqual(["in.jsonl"]);
  });
});

describe("dpo convert with the same flags", () => {
  test("does it at once, and --dry-run says how", async () => {
    const folder = await folderWith({
      "in.jsonl": file(line("a"), line("a"), line("b"), line("b", "No", "Yes, gladly")),
    });
    const words = "convert in.jsonl -o out.jsonl --dedupe exact --conflicts majority";
    const dry = await dpoIn(folder, `${words} --dry-run`);
    expect(dry.stdout).toContain("contradictory pairs: majority (second pass)");
    expect(await readdir(folder)).toEqual(["in.jsonl"]);
    const { exitCode, stdout } = await dpoIn(folder, `${words} --json`);
    expect(exitCode).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      plan: { passes: 2, reducers: [{ id: "conflicts" }, { id: "dedupe" }] },
      ledgers: { pairs: { total: 4, written: { "out.jsonl": 1 }, duplicate: 1, conflict: 2 } },
    });
    expect(await linesOf(folder, "out.jsonl")).toEqual([line("a")]);
  });

  test("without them it counts, keeps, and names them", async () => {
    const folder = await folderWith({
      "in.jsonl": file(line("a"), line("a"), line("b"), line("b", "No", "Yes, gladly")),
    });
    const { exitCode, stderr } = await dpoIn(folder, "convert in.jsonl -o out.jsonl");
    expect(exitCode).toBe(0);
    expect(await linesOf(folder, "out.jsonl")).toHaveLength(4);
    expect(stderr).toContain("--dedupe exact");
    expect(stderr).toContain("--conflicts drop");
  });

  test("a second run without a split takes the files of the split away", async () => {
    const folder = await folderWith({ "in.jsonl": many });
    await dpoIn(folder, "convert in.jsonl -o out/ --test-size 0.2 --dedupe exact");
    expect((await dpoIn(folder, "convert in.jsonl -o out/ --force")).exitCode).toBe(0);
    expect((await readdir(join(folder, "out"))).sort()).toEqual(["manifest.json", "train.jsonl"]);
  });
});

test("dpo validate --leakage tells which prompts are in two files, and where", async () => {
  const folder = await folderWith({
    "a.jsonl": many,
    "b.jsonl": file(line("New?"), line("what is  NUMBER 3?")),
  });
  const { exitCode, stdout } = await dpoIn(folder, "validate --leakage a.jsonl b.jsonl --target fireworks");
  expect(exitCode).toBe(1);
  expect(stdout).toContain("SPLIT_LEAK");
  expect(stdout).toContain("b.jsonl:2");
  expect(stdout).toContain("1 prompt in more than one file");
  expect(stdout).toContain("dpo split a.jsonl b.jsonl -o split/");
  const { stdout: json } = await dpoIn(folder, "validate --leakage a.jsonl b.jsonl --json");
  expect(JSON.parse(json)).toMatchObject({
    ok: false,
    leakage: { sharedPrompts: 1, overlaps: [{ files: ["a.jsonl", "b.jsonl"], prompts: 1, lines: [2, 1] }] },
  });
});
