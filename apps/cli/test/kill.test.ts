import { mkdir, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createRandom, type Random, temporaryFolder } from "@dpo-kit/testkit";
import { expect, test } from "vitest";
import { finishedFiles, isComplete } from "./outputs.ts";
import { runDpo } from "./run-dpo.ts";

/** Runs that a kill really ended: of those that were done before it came there are more. */
const KILLS = 100;
const MOST_RUNS = 160;
const SEED = 42;
/** As many at a time as a small machine has cores. */
const AT_A_TIME = 2;

/** Enough rows for most of the run to be spent on them, a few of them bad. */
function someRows(count: number): string {
  const random = createRandom(SEED);
  const rows = Array.from({ length: count }, (_, index) => {
    const answer = `Answer ${random.next()}. ${"A sentence, as there are many. ".repeat(random.integer(5, 40))}`;
    return index % 500 === 0
      ? `Question ${index},"${answer}","${answer}"\n`
      : `Question ${index},"${answer}","No ${index}"\n`;
  });
  return `prompt,chosen,rejected\n${rows.join("")}`;
}

/** A moment as a part of the run: over all of it, and every third time about its end, where files get their names. */
function momentOf(random: Random): number {
  return random.chance(1 / 3) ? 0.8 + random.fraction() * 0.3 : random.fraction();
}

/** A folder that looks complete is as it should be; in one that does not, what has its name has all its bytes. */
async function expectWholeOrNothing(folder: string, expected: ReadonlyMap<string, string>): Promise<void> {
  const files = await finishedFiles(folder);
  if (await isComplete(folder)) {
    expect(files).toEqual(expected);
  } else {
    expect(files.has("manifest.json")).toBe(false);
    expect([...expected]).toEqual(expect.arrayContaining([...files]));
  }
}

test(`${KILLS} runs killed at seeded moments leave nothing that looks complete and is not`, {
  timeout: 300_000,
}, async () => {
  const folder = await temporaryFolder();
  const input = join(folder, "in.csv");
  await writeFile(input, someRows(12_000));
  const convert = (output: string, options: Parameters<typeof runDpo>[1] = {}): ReturnType<typeof runDpo> =>
    runDpo(["convert", input, "-o", `${output}/`, "--allow-rejects", "1%", "--force"], options);

  const wholes = Array.from({ length: AT_A_TIME }, (_, index) => join(folder, `whole-${index}`));
  const started = performance.now();
  const ends = await Promise.all(wholes.map((whole) => convert(whole)));
  let duration = performance.now() - started;
  expect(ends.map(({ exitCode }) => exitCode)).toEqual(wholes.map(() => 0));
  const expected = await finishedFiles(wholes[0]!);
  expect([...expected.keys()]).toEqual(["manifest.json", "rejects.jsonl", "train.jsonl"]);

  const random = createRandom(SEED);
  const seen = { runs: 0, killed: 0, complete: 0 };
  const killOne = async (): Promise<void> => {
    const output = join(folder, `killed-${seen.runs}`);
    const moment = momentOf(random);
    seen.runs += 1;
    await mkdir(output);
    const begun = performance.now();
    const { signal } = await convert(output, { killAfter: moment * duration });
    if (signal === "SIGKILL") {
      seen.killed += 1;
      seen.complete += (await isComplete(output)) ? 1 : 0;
    } else {
      // How long a run takes changes with what else the machine does.
      duration = performance.now() - begun;
    }
    await expectWholeOrNothing(output, expected);
  };
  await Promise.all(
    Array.from({ length: AT_A_TIME }, async () => {
      while (seen.killed < KILLS && seen.runs < MOST_RUNS) {
        await killOne();
      }
    }),
  );
  expect(seen.killed).toBeGreaterThanOrEqual(KILLS);
  // The moments were spread over the run: most came before its end.
  expect(seen.complete).toBeLessThan(KILLS / 2);

  const remains = (await readdir(folder)).filter((name) => name.startsWith("killed-"));
  const again = join(folder, remains[0]!);
  expect(await convert(again)).toMatchObject({ exitCode: 0 });
  expect(await finishedFiles(again)).toEqual(expected);
});
