import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { temporaryFolder } from "@dpo-kit/testkit";
import { expect, test } from "vitest";
import type { Contender } from "./contenders.ts";
import { runRace } from "./race.ts";

/** A contender that runs a line of JavaScript with `input` and `output` at hand. */
function contender(name: string, code: string): Contender {
  const script = `const fs = require("node:fs"); const [input, output] = process.argv.slice(1); ${code}`;
  return {
    name,
    leavesOut: "",
    version: "1",
    command: (input, output) => [process.execPath, "-e", script, input, output],
  };
}

const copy = contender("copy", 'fs.writeFileSync(output, fs.readFileSync(input), { flag: "wx" })');
const other = contender("other", 'fs.writeFileSync(output, "other")');
const failing = contender("failing", 'fs.copyFileSync(input, output); console.error("why"); process.exit(3)');
const silent = contender("silent", "");

async function race(contenders: Contender[], rounds = 2) {
  const folder = await temporaryFolder();
  writeFileSync(join(folder, "input"), "abc");
  const reports: string[] = [];
  const report = (text: string) => void reports.push(text);
  return {
    ...(await runRace(contenders, { input: join(folder, "input"), folder, rounds, report })),
    reports,
  };
}

test("runs in turn, each into a fresh file", async () => {
  const { results, outputDigest, reports } = await race([copy, { ...copy, name: "again" }]);
  expect(results.map((one) => one.runs.length)).toEqual([2, 2]);
  expect(reports.map((text) => text.replace(/ [\d.]+ s(?:, [\d.]+ s of CPU)?$/u, ""))).toEqual([
    "round 1: copy",
    "round 1: again",
    "round 2: copy",
    "round 2: again",
  ]);
  expect(outputDigest).toBe("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  expect(results.every((one) => one.runs.every((run) => run.seconds > 0))).toBe(true);
});

test("no time counts where an output differs", async () => {
  await expect(race([copy, other])).rejects.toThrow(/^other: the output has SHA-256/u);
});

test("no time counts where a run fails, though its output is right", async () => {
  await expect(race([copy, failing])).rejects.toThrow(/^failing ended with 3:\nwhy/u);
});

test("no time counts where nothing is written", async () => {
  await expect(race([silent])).rejects.toThrow(/^silent ended with 0/u);
});
