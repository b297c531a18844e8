import { mkdir, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createRandom, temporaryFolder } from "@dpo-kit/testkit";
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

test(`${KILLS} runs killed at seeded moments leave nothing that looks complete and is not`, {
  timeout: 180_000,
}, async () => {
  const folder = await temporaryFolder();
  const input = join(folder, "in.csv");
  await writeFile(input, someRows(60_000));
  const convert = (output: string, options: Parameters<typeof runDpo>[1] = {}): ReturnType<typeof runDpo> =>
    runDpo(["convert", input, "-o", `${output}/`, "--allow-rejects", "1%", "--force"], options);

  const whole = join(folder, "whole");
  const started = performance.now();
  expect(await convert(whole)).toMatchObject({ exitCode: 0 });
  const duration = performance.now() - started;
  const expected = await finishedFiles(whole);
  expect([...expected.keys()]).toEqual(["manifest.json", "rejects.jsonl", "train.jsonl"]);

  const random = createRandom(SEED);
  const moments = Array.from({ length: KILLS }, () => random.fraction() * duration * 1.2);
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
