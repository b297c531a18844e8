import { expect, test } from "vitest";
import { optionDeclarations } from "./option-declarations.ts";
import { parseOption } from "./parse-option.ts";

const minMargin = optionDeclarations.find(({ name }) => name === "minMargin")!;

test.each([
  ["2", { kind: "absolute", value: 2 }],
  ["0", { kind: "absolute", value: 0 }],
  ["12.5%", { kind: "percent", value: 12.5 }],
  ["2x", { kind: "ratio", value: 2 }],
])("--min-margin %s", (text, margin) => {
  expect(parseOption(minMargin, text)).toEqual(margin);
});

test.each(["", "-1", "x", "2 x", "2x%", "two"])("--min-margin %j is refused", (text) => {
  expect(() => parseOption(minMargin, text)).toThrow("min-margin");
});
