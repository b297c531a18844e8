import { isBlank } from "@dpo-kit/schema";
import { expect, test } from "vitest";
import { parsePromptTemplate, renderPrompt } from "./prompt-template.ts";

const header = ["title", "body", "My Name", "__proto__"];

function render(template: string, cells: readonly string[]): string {
  return renderPrompt(parsePromptTemplate(template, header), (index) => cells[index]!, isBlank);
}

test.each([
  ["{title}\\n\\n{body}", "T\n\nB"],
  ["{title}\n\t{body}", "T\n\tB"],
  ["a\\tb{title}", "a\tbT"],
  ["C:\\dir\\\\new {title}", "C:\\dir\\new T"],
  ["{{{title}}} {{x}}", "{T} {x}"],
  ["{my name}{__proto__}", "NP"],
])("%j", (template, expected) => expect(render(template, ["T", "B", "N", "P"])).toBe(expected));

test("a prompt is empty if all its columns are", () => {
  expect(render("Q: {title} {body}", [" ", "", "", ""])).toBe("");
  expect(render("Q: {title} {body}", [" ", "b", "", ""])).toBe("Q:   b");
});

test("what looks like a column in a cell is text", () => {
  expect(render("{title}", ["{body} \\n {{", "", "", ""])).toBe("{body} \\n {{");
});
