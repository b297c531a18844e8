import { mkdir, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import process from "node:process";
import { machineName } from "@dpo-kit/io/node";
import { temporaryFolder } from "@dpo-kit/testkit";
import { describe, expect, test } from "vitest";
import { takeRunLock } from "./run-lock.ts";

/** Larger than any process number that systems give. */
const NO_PROCESS = 2 ** 30;

async function lockOf(folder: string, number: number, holder: string): Promise<void> {
  await mkdir(join(folder, `lock-${number}`), { recursive: true });
  await writeFile(join(folder, `lock-${number}`, "holder"), `${holder}\n`);
}

describe("the lock of a folder", () => {
  test.each([
    ["nobody", undefined],
    ["a process that has ended", `${machineName} ${NO_PROCESS} id`],
    ["an earlier process of the same number", `${machineName} ${process.pid} id`],
  ])("is given to one of many, where %s had it", async (_, holder) => {
    const folder = await temporaryFolder();
    if (holder !== undefined) {
      await lockOf(folder, 3, holder);
    }
    const results = await Promise.allSettled(Array.from({ length: 20 }, () => takeRunLock(folder, "out")));
    const [taken, ...more] = results.filter((result) => result.status === "fulfilled");
    expect(more).toEqual([]);
    for (const result of results.filter((one) => one.status === "rejected")) {
      expect(result.reason).toMatchObject({ code: "RECIPE_IN_USE" });
    }
    expect(await readdir(folder)).toEqual([holder === undefined ? "lock-1" : "lock-4"]);
    await taken!.value.release();
    await taken!.value.release();
    expect(await readdir(folder)).toEqual([]);
    await (await takeRunLock(folder, "out")).release();
  });

  test("is not taken from another machine, nor from a process that lives", async () => {
    for (const holder of ["0123abcd 1 id", `${machineName} ${process.ppid} id`]) {
      const folder = await temporaryFolder();
      await lockOf(folder, 1, holder);
      await expect(takeRunLock(folder, "out")).rejects.toMatchObject({ code: "RECIPE_IN_USE" });
      expect(await readdir(folder)).toEqual(["lock-1"]);
    }
  });
});
