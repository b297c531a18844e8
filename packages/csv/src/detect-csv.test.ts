import { toBytes } from "@dpo-kit/testkit";
import { expect, test } from "vitest";
import { detectCsv } from "./detect-csv.ts";

function score(text: string): number {
  return detectCsv({ head: toBytes(text), headIsComplete: true }).score;
}

test("a header that is understood scores above a table that is not, and that above what is no table", () => {
  const known = score("prompt,chosen,rejected\na,b,c\n");
  const table = score("a,b,c\n1,2,3\n");
  const column = score("words\nand more words\n");
  expect(known).toBeGreaterThan(0.9);
  expect(table).toBe(0.5);
  expect(column).toBe(0.1);
});

test.each([
  '{"prompt":"a","chosen":"b","rejected":"c"}\n',
  '[{"prompt":"a","chosen":"b","rejected":"c"}]',
  "<!doctype html><title>prompt,chosen,rejected</title>",
  "",
  '"unclosed,header\n',
])("%j is none", (text) => expect(score(text)).toBe(0));
