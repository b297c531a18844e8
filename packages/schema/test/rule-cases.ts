import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { FileFacts, LineCode, Severity, TargetId } from "../src/index.ts";

/** The folder of this package. */
export const packageFolder: string = join(dirname(fileURLToPath(import.meta.url)), "..");

/**
 * A fixture of a rule: `fixtures/rules/<CODE>/bad-<name>.json` shows it firing, `good-<name>.json` silent.
 * It holds a parsed line, the text of a line, or the facts of a file. A new case is a new file.
 */
export interface RuleCase {
  code: LineCode;
  /** Relative to the package, with `/`. */
  file: string;
  isBad: boolean;
  line?: unknown;
  text?: string;
  facts?: FileFacts;
  /** What a bad case gives. Without a target it is a rule of the format. */
  expected?: { severity: Severity; path?: string; target?: TargetId };
}

/** All fixtures of rules, in the order of their paths. */
export function readRuleCases(): RuleCase[] {
  const folder = join(packageFolder, "fixtures", "rules");
  return readdirSync(folder)
    .sort()
    .flatMap((code) =>
      readdirSync(join(folder, code))
        .sort()
        .map((name) => ({
          code: code as LineCode,
          file: `fixtures/rules/${code}/${name}`,
          isBad: name.startsWith("bad-"),
          ...(JSON.parse(readFileSync(join(folder, code, name), "utf8")) as object),
        })),
    );
}

/** The lines of `fixtures/valid` with their names: nothing is wrong with them for any provider. */
export function readValidLines(): { name: string; line: unknown }[] {
  const folder = join(packageFolder, "fixtures", "valid");
  return readdirSync(folder)
    .sort()
    .map((name) => ({ name, line: JSON.parse(readFileSync(join(folder, name), "utf8")) as unknown }));
}
