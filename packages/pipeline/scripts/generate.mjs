// Writes recipe.schema.json from the declarations of options. Run after a build.
import { writeFileSync } from "node:fs";
import { formatRecipeSchema } from "../dist/recipe.js";

writeFileSync(new URL("../recipe.schema.json", import.meta.url), formatRecipeSchema());
