import { readdirSync, readFileSync } from "node:fs";
import { join, sep } from "node:path";
import { expect, test } from "vitest";
import { issueCodes, reasonCodes } from "../src/index.ts";
import { packageFolder } from "./rule-cases.ts";

/** Registered codes that no source names, each with the reason why it is kept. */
const notRaised: ReadonlyMap<string, string> = new Map([
  ["RUN_NO_PAIRS", "what a run without pairs is called; so far its summary says so without the code"],
]);

const root = join(packageFolder, "..", "..");
const registry = join("packages", "schema", "src", "codes") + sep;

/** The sources of all packages and apps without their tests and the registry itself. */
function* sources(): Generator<string> {
  for (const group of ["packages", "apps"]) {
    for (const name of readdirSync(join(root, group))) {
      const folder = join(group, name, "src");
      for (const file of readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })) {
        const path = join(folder, file);
        if (path.endsWith(".ts") && !path.endsWith(".test.ts") && !path.startsWith(registry)) {
          yield path;
        }
      }
    }
  }
}

test("every registered code is named by a source, as a text of its own", () => {
  const named = new Set<string>();
  for (const path of sources()) {
    for (const [, name] of readFileSync(join(root, path), "utf8").matchAll(
      /"([A-Z]+(?:_[A-Z]+)+|[a-z-]+)"/gu,
    )) {
      named.add(name!);
    }
  }
  // A reason is counted by its short name, which stands for its code.
  for (const [reason, code] of Object.entries(reasonCodes)) {
    named.add(named.has(reason) ? code : reason);
  }
  expect(named.size).toBeGreaterThan(100);
  const silent = Object.keys(issueCodes).filter((code) => !named.has(code) && !notRaised.has(code));
  expect(silent).toEqual([]);
});

test("every exception is a registered code", () => {
  expect([...notRaised.keys()].filter((code) => !Object.hasOwn(issueCodes, code))).toEqual([]);
});
