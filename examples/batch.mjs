// A batch script: many sources, without the command line. Run it after `npm run demo` or `npm test`:
// node examples/batch.mjs
import { fileURLToPath } from "node:url";
import { runRecipe } from "@dpo-kit/pipeline/node";

const recipe = fileURLToPath(new URL("recipe.yaml", import.meta.url));
const { exitCode, issues, ledgers, outputs } = await runRecipe(recipe, { force: true });
for (const { count, title } of issues.byCode) console.log(count, title);
for (const { lines, path } of outputs) console.log(path, lines);
console.log(ledgers.pairs);
process.exitCode = exitCode;
