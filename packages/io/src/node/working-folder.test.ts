import { spawnSync } from "node:child_process";
import { mkdir, readdir, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import process from "node:process";
import { temporaryFolder } from "@dpo-kit/testkit";
import { expect, test } from "vitest";
import { machineName } from "./stale-partials.ts";
import { createWorkingFolder } from "./working-folder.ts";

test("a working folder is there until it is closed, beside others of the same process", async () => {
  const parent = await temporaryFolder();
  const one = await createWorkingFolder(parent);
  await writeFile(join(one.path, "a"), "a");
  const other = await createWorkingFolder(parent);
  expect((await readdir(parent)).toSorted()).toEqual(
    [one.path, other.path].map((path) => basename(path)).toSorted(),
  );
  await one.close();
  await one.close();
  await other.close();
  expect(await readdir(parent)).toEqual([]);
});

test("those of dead processes of this machine go, and nothing else", async () => {
  const parent = await temporaryFolder();
  const dead = spawnSync(process.execPath, ["--version"]).pid;
  const others = [
    `.dpo-work-${machineName}-${process.ppid}-abc`,
    `.dpo-work-0000-${dead}-abc`,
    `${dead}-abc`,
  ];
  for (const name of [...others, `.dpo-work-${machineName}-${dead}-abc`]) {
    await mkdir(join(parent, name));
    await writeFile(join(parent, name, "batches"), "a");
  }
  await (await createWorkingFolder(parent)).close();
  expect((await readdir(parent)).toSorted()).toEqual(others.toSorted());
});

test("a place that is no folder is told of", async () => {
  const file = join(await temporaryFolder(), "file");
  await writeFile(file, "a");
  await expect(createWorkingFolder(file)).rejects.toMatchObject({ code: "IO_WRITE_FAILED" });
});
