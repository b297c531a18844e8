// Writes what is generated from the data of this package: the JSON Schema, docs/provider-rules.md and
// docs/codes.md. Needs the built package: `turbo run build`, or `npm run generate` at the root, which builds.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import * as schema from "../dist/index.js";
import { dpoExampleJsonSchema } from "../dist/zod.js";
import { codesPage, providerRulesPage, schemaFile } from "./pages.mjs";

const folder = join(dirname(fileURLToPath(import.meta.url)), "..");
const docs = join(folder, "..", "..", "docs");
const rules = join(folder, "fixtures", "rules");

const cases = readdirSync(rules)
  .sort()
  .flatMap((code) =>
    readdirSync(join(rules, code))
      .sort()
      .map((name) => ({
        code,
        file: `fixtures/rules/${code}/${name}`,
        isBad: name.startsWith("bad-"),
        ...JSON.parse(readFileSync(join(rules, code, name), "utf8")),
      })),
  );

writeFileSync(join(folder, "dpo-example.schema.json"), schemaFile(dpoExampleJsonSchema()));
writeFileSync(join(docs, "provider-rules.md"), providerRulesPage({ schema, cases }));
writeFileSync(join(docs, "codes.md"), codesPage(schema));
