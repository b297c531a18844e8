import { expect, test } from "vitest";
import { formatTable } from "./table.ts";

test("columns are aligned, numbers to the right, by what is seen", () => {
  expect(
    formatTable(
      [
        ["rows", "1,203", "= all"],
        ["世界", "\u001b[31m4\u001b[39m", "= some"],
      ],
      { align: ["left", "right"], indent: 1 },
    ),
  ).toEqual([" rows  1,203  = all", " 世界      \u001b[31m4\u001b[39m  = some"]);
});

test("the last column is wrapped below itself", () => {
  expect(formatTable([["--flag", "what it does, at some length"]], { width: 30, indent: 2 })).toEqual([
    "  --flag  what it does, at",
    "          some length",
  ]);
});

test("short rows and missing ends leave no spaces behind", () => {
  expect(formatTable([["a", "b", ""], ["long"]])).toEqual(["a     b", "long"]);
  expect(formatTable([])).toEqual([]);
  expect(formatTable([["only"], ["one"]], { indent: 2 })).toEqual(["  only", "  one"]);
});

test("may have more rows than a call takes arguments", () => {
  const rows = Array.from({ length: 200_000 }, (_, index) => [`${index}`, "x"]);
  expect(formatTable(rows).at(-1)).toBe("199999  x");
});
