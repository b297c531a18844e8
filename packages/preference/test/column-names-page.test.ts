import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { expect, it } from "vitest";
import { columnNamesPage } from "./column-names-page.ts";

const page = new URL("../../../docs/column-names.md", import.meta.url);

it("docs/column-names.md says what the code does", () => {
  if (process.env.DPO_UPDATE_DOCS === "1") {
    writeFileSync(page, columnNamesPage());
  }
  const written = existsSync(page) ? readFileSync(page, "utf8") : "";
  expect(written, "stale; to write it: DPO_UPDATE_DOCS=1 npx vitest run test/column-names-page.test.ts").toBe(
    columnNamesPage(),
  );
});
