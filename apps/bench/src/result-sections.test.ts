import { expect, test } from "vitest";
import { putSection } from "./result-sections.ts";

test("a section takes the place of the one of its heading, or stands last", () => {
  const page = "# One\n\n## Part\n\n1\n\n# Two\n\n2\n";
  expect(putSection(page, "# One\n\nnew\n")).toBe("# One\n\nnew\n\n# Two\n\n2\n");
  expect(putSection(page, "# Three\n\n3\n")).toBe(`${page}\n# Three\n\n3\n`);
  expect(putSection("", "# One\n\n1\n")).toBe("# One\n\n1\n");
});
