import { cp, readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { temporaryFolder } from "@dpo-kit/testkit";
import { expect, test } from "vitest";
import { runDpo } from "./run-dpo.ts";

const root = (name: string): string => fileURLToPath(new URL(`../../../${name}`, import.meta.url));

/** Time and rate differ from run to run. */
const withoutTime = (text: string): string => text.replace(/^in .*$/mu, "in …").trim();

test("the command on the README's first screen prints what stands there", async () => {
  const readme = await readFile(root("README.md"), "utf8");
  const [, command, shown] = /```\n\$ dpo ([^\n]+)\n(.*?)```/su.exec(readme) ?? [];
  const cwd = await temporaryFolder();
  await cp(root("examples"), join(cwd, "examples"), { recursive: true });
  const { exitCode, stderr } = await runDpo(command!.split(" "), { cwd, env: { COLUMNS: "100" } });
  expect(withoutTime(stderr)).toBe(withoutTime(shown!));
  expect(exitCode).toBe(0);
});
