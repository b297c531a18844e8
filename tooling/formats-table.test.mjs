import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { formatsPage, readmeTable, withTable } from "./formats-table.mjs";

const text = (name) => readFileSync(new URL(`../${name}`, import.meta.url), "utf8");

test("the tables of formats are what `npm run generate` writes", () => {
  const readme = text("README.md");
  expect(withTable(readme, readmeTable())).toBe(readme);
  expect(text("docs/formats.md")).toBe(formatsPage());
});
