import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { exportsPage, withTargetTable } from "./exports-table.mjs";

const text = (name) => readFileSync(new URL(`../${name}`, import.meta.url), "utf8");

test("docs/exports.md and the table of targets are what `npm run generate` writes", () => {
  expect(text("docs/exports.md")).toBe(exportsPage());
  const readme = text("packages/export/README.md");
  expect(withTargetTable(readme)).toBe(readme);
});
