import { mkdir, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createRandom, type Random, temporaryFolder } from "@dpo-kit/testkit";
import { expect, test } from "vitest";
import { finishedFiles, isComplete } from "./outputs.ts";
import { runDpo } from "./run-dpo.ts";

const KILLS = 100;
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

test(`${KILLS} runs killed at seeded moments leave nothing that looks complete and is not`, {
  timeout: 300_000,
}, async () => {
  const folder = await temporaryFolder();
  const input = join(folder, "in.csv");
  await writeFile(input, someRows(20_000));
  const convert = (output: string, options: Parameters<typeof runDpo>[1] = {}): ReturnType<typeof runDpo> =>
    runDpo(["convert", input, "-o", `${output}/`, "--allow-rejects", "1%", "--force"], options);

  const wholes = Array.from({ length: AT_A_TIME }, (_, index) => join(folder, `whole-${index}`));
  const started = performance.now();
  const ends = await Promise.all(wholes.map((whole) => convert(whole)));
  const duration = performance.now() - started;
  expect(ends.map(({ exitCode }) => exitCode)).toEqual(wholes.map(() => 0));
  const expected = await finishedFiles(wholes[0]!);
  expect([...expected.keys()]).toEqual(["manifest.json", "rejects.jsonl", "train.jsonl"]);

  const random = createRandom(SEED);
  const moments = Array.from({ length: KILLS }, () => momentOf(random) * duration);
  const seen = { killed: 0, complete: 0 };
  const next = moments.entries();
  await Promise.all(
    Array.from({ length: AT_A_TIME }, async () => {
      for (const [index, killAfter] of next) {
        const output = join(folder, `killed-${index}`);
        await mkdir(output);
        const { signal } = await convert(output, { killAfter });
        seen.killed += signal === "SIGKILL" ? 1 : 0;
        const files = await finishedFiles(output);
        if (await isComplete(output)) {
          seen.complete += 1;
          expect(files).toEqual(expected);
        } else {
          expect(files.has("manifest.json")).toBe(false);
        }
        // No file is ever there in part: one that has its name has all its bytes.
        for (const [name, digest] of files) {
          expect([name, digest]).toEqual([name, expected.get(name)]);
        }
      }
    }),
  );
  // The moments were spread over the run: most fell into it.
  expect(seen.killed).toBeGreaterThan(KILLS / 2);
  expect(seen.complete).toBeLessThan(KILLS);

  const remains = (await readdir(folder)).filter((name) => name.startsWith("killed-"));
  const again = join(folder, remains[0]!);
  expect(await convert(again)).toMatchObject({ exitCode: 0 });
  expect(await finishedFiles(again)).toEqual(expected);
});
