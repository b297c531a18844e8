import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { type ProcessResult, type RunProcessOptions, runProcess } from "@dpo-kit/testkit";

/** The command as it is published. */
export const dpoPath: string = fileURLToPath(new URL("../bin/dpo.js", import.meta.url));

if (!existsSync(fileURLToPath(new URL("../dist/bin.js", import.meta.url)))) {
  throw new Error("These tests run the built command: build first (npm test does)");
}

/** An environment in which nothing decides colours or signs but the test. */
export const plainEnvironment: Readonly<Record<string, string | undefined>> = {
  LANG: "en_GB.UTF-8",
  LC_ALL: undefined,
  LC_CTYPE: undefined,
  TERM: "xterm",
  CI: undefined,
  NO_COLOR: undefined,
  FORCE_COLOR: undefined,
  COLUMNS: undefined,
  DPO_DEBUG: undefined,
  NODE_OPTIONS: undefined,
};

/** Runs the whole command in a process of its own. */
export function runDpo(words: readonly string[], options: RunProcessOptions = {}): Promise<ProcessResult> {
  return runProcess(process.execPath, [dpoPath, ...words], {
    ...options,
    env: { ...plainEnvironment, ...options.env },
  });
}
