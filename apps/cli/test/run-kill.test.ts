import { watch } from "node:fs";
import { mkdir, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import process from "node:process";
import { createRandom, type Random, type RunProcessOptions, temporaryFolder } from "@dpo-kit/testkit";
import { expect, test } from "vitest";
import { finishedFiles, isComplete } from "./outputs.ts";
import { fiveSources, writeSources } from "./recipe-sources.ts";
import { runDpo } from "./run-dpo.ts";

/** Kills that really ended a run. All of them take minutes: DPO_KILLS=100 */
const KILLS = Number(process.env.DPO_KILLS ?? 8);
const SEED = 42;
/** As many at a time as a small machine has cores. */
const AT_A_TIME = 2;
const SOURCES = 5;
/** Two at a time take longer than one alone. */
const SLOWER = 1.6;

interface Run {
  readonly out: string;
  run(options?: RunProcessOptions): ReturnType<typeof runDpo>;
}

async function newRun(folder: string, name: string): Promise<Run> {
  const own = join(folder, name);
  await mkdir(join(own, "out"), { recursive: true });
  await writeFile(join(own, "recipe.yaml"), fiveSources);
  return {
    out: join(own, "out"),
    run: (options = {}) => runDpo(["run", join(own, "recipe.yaml"), "--jobs", "2", "--json"], options),
  };
}

/** How far a run was when it was killed. */
type Phase = "converting" | "reducing" | "naming" | "clearing" | "ended";

async function phaseOf({ out }: Run): Promise<{ phase: Phase; finished: number }> {
  const names = await readdir(out);
  const work = await readdir(join(out, ".dpo-run")).catch(() => undefined);
  const finished = (work ?? []).filter((name) => name.endsWith(".spool")).length;
  if (await isComplete(out)) {
    return { phase: work?.includes("begun") === true ? "clearing" : "ended", finished };
  }
  if (names.some((name) => name.endsWith(".jsonl") && !name.startsWith("."))) {
    return { phase: "naming", finished };
  }
  return { phase: finished === SOURCES ? "reducing" : "converting", finished };
}

/** Kills a run at a part of its usual duration; every second time when the first of its files gets its name. */
function killAt(random: Random, { out }: Run, duration: number): RunProcessOptions {
  if (random.chance(1 / 2)) {
    return { killAfter: random.fraction() * duration * SLOWER };
  }
  const delay = random.integer(0, 6);
  return {
    onStart(kill) {
      const watcher = watch(out, (_, name) => {
        if (name?.startsWith(".") === false) {
          watcher.close();
          delay === 0 ? kill() : setTimeout(kill, delay);
        }
      });
      watcher.unref();
    },
  };
}

test(`a recipe that was killed at ${KILLS} seeded moments ends in the same bytes, and does nothing twice`, {
  timeout: 3_600_000,
}, async () => {
  const folder = await temporaryFolder();
  await writeSources(join(folder, "sources"), SEED);
  const whole = await newRun(folder, "whole");
  const started = performance.now();
  expect(await whole.run()).toMatchObject({ exitCode: 0 });
  const duration = performance.now() - started;
  const expected = await finishedFiles(whole.out);
  expect([...expected.keys()].filter((name) => name.startsWith("train-")).length).toBeGreaterThan(10);
  expect([...expected.keys()]).toEqual(
    expect.arrayContaining(["manifest.json", "provenance.jsonl", "rejects.jsonl", "removed.jsonl"]),
  );

  const random = createRandom(SEED);
  const seen = { runs: 0, killed: 0, phases: new Map<Phase, number>() };

  /** Kills a run, if it does not end before; gives how far it was. */
  async function kill(one: Run): Promise<{ phase: Phase; finished: number }> {
    const { signal, exitCode } = await one.run(killAt(random, one, duration));
    if (signal !== "SIGKILL") {
      expect(exitCode).toBe(0);
      return { phase: "ended", finished: 0 };
    }
    seen.killed += 1;
    const found = await phaseOf(one);
    seen.phases.set(found.phase, (seen.phases.get(found.phase) ?? 0) + 1);
    return found;
  }

  async function killAndGoOn(): Promise<void> {
    seen.runs += 1;
    const one = await newRun(folder, `killed-${seen.runs}`);
    let { phase, finished } = await kill(one);
    if (phase !== "ended" && random.chance(1 / 3)) {
      ({ phase, finished } = await kill(one));
    }
    const { exitCode, stdout, stderr } = await one.run();
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
    const result = JSON.parse(stdout);
    const reused = phase === "ended" ? SOURCES : finished;
    expect(result.sources).toMatchObject({ count: SOURCES, failed: [] });
    // Killed while it clears up, it has all outputs, and fewer and fewer of what they were made of.
    expect(result.sources.reused).toBe(reused);
    expect(result.alreadyComplete === true).toBe(phase === "ended");
    expect(await finishedFiles(one.out)).toEqual(expected);
    expect((await readdir(one.out)).sort()).toEqual([...expected.keys()]);
  }

  await Promise.all(
    Array.from({ length: AT_A_TIME }, async () => {
      while (seen.killed < KILLS && seen.runs < KILLS * 2) {
        await killAndGoOn();
      }
    }),
  );
  process.stderr.write(
    `killed while ${[...seen.phases].map(([phase, count]) => `${phase} ${count}`).join(", ")}\n`,
  );
  expect(seen.killed).toBeGreaterThanOrEqual(KILLS);
  expect(seen.phases.get("naming") ?? 0).toBeGreaterThan(0);
  expect((seen.phases.get("converting") ?? 0) + (seen.phases.get("reducing") ?? 0)).toBeGreaterThan(0);
});
