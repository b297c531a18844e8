import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { codesPage, providerRulesPage, schemaFile } from "../scripts/pages.mjs";
import * as schema from "../src/index.ts";
import { dpoExampleJsonSchema } from "../src/zod.ts";
import { packageFolder, readRuleCases } from "./rule-cases.ts";

const HINT = "run `npm run generate` and commit what it writes";

function committed(...path: string[]): string {
  return readFileSync(join(packageFolder, ...path), "utf8").replaceAll("\r\n", "\n");
}

test("the committed JSON Schema is what zod gives", () => {
  expect(committed("dpo-example.schema.json"), HINT).toBe(schemaFile(dpoExampleJsonSchema()));
});

test("docs/provider-rules.md is up to date", () => {
  const page = providerRulesPage({ schema, cases: readRuleCases() });
  expect(committed("..", "..", "docs", "provider-rules.md"), HINT).toBe(page);
});

test("docs/codes.md is up to date", () => {
  expect(committed("..", "..", "docs", "codes.md"), HINT).toBe(codesPage(schema));
});

test("the generated tables have a case or a test file for each rule, which names its code", () => {
  const page = providerRulesPage({ schema, cases: readRuleCases() });
  const rows = page.split("\n").filter((line) => line.includes("](codes.md#"));
  expect(rows.length).toBeGreaterThan(50);
  for (const row of rows) {
    const code = /codes\.md#([a-z_]+)/u.exec(row)![1]!.toUpperCase();
    const shown = [...row.matchAll(/\]\(\.\.\/(packages\/[^)]+\.(?:json|test\.ts))\)/gu)].map(
      (found) => found[1]!,
    );
    expect(shown, code).not.toEqual([]);
    for (const file of shown) {
      expect(file + committed("..", "..", file), `${file} shows ${code}`).toContain(code);
    }
  }
});
