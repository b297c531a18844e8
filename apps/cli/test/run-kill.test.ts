import { mkdir, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import process from "node:process";
import { createRandom, type Random, temporaryFolder } from "@dpo-kit/testkit";
import { expect, test } from "vitest";
import { finishedFiles, isComplete } from "./outputs.ts";
import { runDpo } from "./run-dpo.ts";

/** Kills that really ended a run. All of them take minutes: DPO_KILLS=100 */
const KILLS = Number(process.env.DPO_KILLS ?? 6);
const SEED = 42;
/** As many at a time as a small machine has cores. */
const AT_A_TIME = 2;
const SOURCES = 5;

/** Rows of a source, a few of them bad, and a few the same in all sources. */
function someRows(source: number): string {
  const random = createRandom(SEED + source);
  const rows = Array.from({ length: 300 + 200 * source }, (_, index) => {
    const answer = `Answer ${random.next()}. ${"A sentence, as there are many. ".repeat(random.integer(5, 40))}`;
    if (index % 500 === 0) {
      return `Question ${index},"${answer}","${answer}",${index % 7}\n`;
    }
    return index % 100 === 1
      ? `Shared ${index},Yes,No,5\n`
      : `Question ${source} ${index},"${answer}","No ${index}",${index % 7}\n`;
  });
  return `prompt,chosen,rejected,score\n${rows.join("")}`;
}

const recipe = `version: 1
sources:
  - from: ../sources/*.csv
    where: score >= 2
dedupe: normalised
split: { train: 0.9, validation: 0.1 }
shuffle: true
allow_rejects: 1%
provenance: true
output: { dir: out }
`;

interface Run {
  readonly folder: string;
  readonly out: string;
  run(options?: Parameters<typeof runDpo>[1]): ReturnType<typeof runDpo>;
}

async function newRun(folder: string, name: string): Promise<Run> {
  const own = join(folder, name);
  await mkdir(own);
  await writeFile(join(own, "recipe.yaml"), recipe);
  return {
    folder: own,
    out: join(own, "out"),
    run: (options = {}) => runDpo(["run", join(own, "recipe.yaml"), "--jobs", "2", "--json"], options),
  };
}

/** The sources that were finished when a run was ended, by the names of their spools. */
async function finishedSources({ out }: Run): Promise<string[]> {
  const names = await readdir(join(out, ".dpo-run")).catch(() => []);
  return names.filter((name) => name.endsWith(".spool"));
}

/** A moment as a part of the run; every third time about its end, where files get their names. */
function momentOf(random: Random): number {
  return random.chance(1 / 3) ? 0.8 + random.fraction() * 0.3 : random.fraction();
}

test(`a recipe that was killed at ${KILLS} seeded moments ends in the same bytes, and does nothing twice`, {
  timeout: 1_800_000,
}, async () => {
  const folder = await temporaryFolder();
  await mkdir(join(folder, "sources"));
  for (let source = 0; source < SOURCES; source += 1) {
    await writeFile(join(folder, "sources", `${source}.csv`), someRows(source));
  }
  const whole = await newRun(folder, "whole");
  const started = performance.now();
  expect(await whole.run()).toMatchObject({ exitCode: 0 });
  const duration = performance.now() - started;
  const expected = await finishedFiles(whole.out);
  expect([...expected.keys()]).toEqual([
    "manifest.json",
    "provenance.jsonl",
    "rejects.jsonl",
    "removed.jsonl",
    "train.jsonl",
    "validation.jsonl",
  ]);

  const random = createRandom(SEED);
  const seen = { runs: 0, killed: 0, reused: new Set<number>() };

  /** Kills a run, if it does not end before; gives the number of sources that were finished. */
  async function kill(one: Run): Promise<number | undefined> {
    const { signal, exitCode } = await one.run({ killAfter: momentOf(random) * duration });
    if (signal !== "SIGKILL") {
      expect(exitCode).toBe(0);
      return undefined;
    }
    seen.killed += 1;
    return (await finishedSources(one)).length;
  }

  async function killAndGoOn(): Promise<void> {
    seen.runs += 1;
    const one = await newRun(folder, `killed-${seen.runs}`);
    let finished = await kill(one);
    if (finished !== undefined && random.chance(1 / 3) && !(await isComplete(one.out))) {
      finished = await kill(one);
    }
    const hadEnded = (await isComplete(one.out)) && !(await readdir(one.out)).includes(".dpo-run");
    if (finished !== undefined && !hadEnded) {
      const { exitCode, stdout, stderr } = await one.run();
      expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
      expect(JSON.parse(stdout)).toMatchObject({ sources: { count: SOURCES, reused: finished, failed: [] } });
      seen.reused.add(finished);
    }
    expect(await finishedFiles(one.out)).toEqual(expected);
    expect(await readdir(one.out)).toEqual([...expected.keys()]);
  }

  await Promise.all(
    Array.from({ length: AT_A_TIME }, async () => {
      while (seen.killed < KILLS && seen.runs < KILLS * 2) {
        await killAndGoOn();
      }
    }),
  );
  expect(seen.killed).toBeGreaterThanOrEqual(KILLS);
  // Some were killed when nothing was finished, others when something was.
  expect(seen.reused.size).toBeGreaterThan(1);
});
