import { mkdir, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { machineName } from "@dpo-kit/io/node";
import { temporaryFolder } from "@dpo-kit/testkit";
import { expect, test } from "vitest";
import { withTuneLock } from "./with-tune-lock.ts";

test("of many that begin at once one gets a state; all of it is gone after that", async () => {
  const folder = await temporaryFolder();
  const state = join(folder, "train.tune.json");
  let end = (): void => {};
  const ended = new Promise<void>((resolve) => {
    end = resolve;
  });
  const all = Array.from({ length: 8 }, () => withTuneLock(state, () => ended));
  const refused = all.map((one) =>
    one.then(
      () => "done",
      (error: { code: string }) => error.code,
    ),
  );
  // The last to be refused lets the one that works go on.
  let open = all.length - 1;
  for (const one of all) {
    one.catch(() => {
      open -= 1;
      if (open === 0) {
        end();
      }
    });
  }
  expect((await Promise.all(refused)).sort()).toEqual([...Array(7).fill("TUNE_IN_USE"), "done"]);
  expect(await readdir(folder)).toEqual([]);
});

test("the lock of a command that was killed is taken over; what fails lets go of it", async () => {
  const folder = await temporaryFolder();
  const state = join(folder, "train.tune.json");
  await mkdir(join(`${state}.lock`, "lock-1"), { recursive: true });
  await writeFile(join(`${state}.lock`, "lock-1", "holder"), `${machineName} ${2 ** 30} id\n`);
  await expect(withTuneLock(state, () => Promise.reject(new Error("failed")))).rejects.toThrow("failed");
  expect(await readdir(folder)).toEqual([]);
  expect(await withTuneLock(state, async () => 7)).toBe(7);
});
