// Writes docs/exports.md and the tables of export targets in the READMEs, from the targets. Run after a build.
import { readFileSync, writeFileSync } from "node:fs";
import { exportsPage, withTargetTable } from "./exports-table.mjs";

writeFileSync(new URL("../docs/exports.md", import.meta.url), exportsPage());
const readme = new URL("../packages/export/README.md", import.meta.url);
writeFileSync(readme, withTargetTable(readFileSync(readme, "utf8")));
