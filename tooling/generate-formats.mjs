// Writes the tables of formats: docs/formats.md and the one in README.md, from the list in the pipeline.
import { readFileSync, writeFileSync } from "node:fs";
import { formatsPage, readmeTable, withTable } from "./formats-table.mjs";

const readme = new URL("../README.md", import.meta.url);
writeFileSync(readme, withTable(readFileSync(readme, "utf8"), readmeTable()));
writeFileSync(new URL("../docs/formats.md", import.meta.url), formatsPage());
