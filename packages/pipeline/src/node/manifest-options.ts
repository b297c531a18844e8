import { basename, isAbsolute } from "node:path";
import type { JsonObject } from "@dpo-kit/schema";
import type { ConversionResult } from "../conversion-result.ts";
import { formatFlags } from "../options/format-flags.ts";
import { optionsOf } from "../options/option-declarations.ts";
import type { PairsRequest } from "../pairs-request.ts";
import type { RecipeRun } from "./pairs-run.ts";

/** What the manifest keeps of the options of a run: flags, or the recipe as it is written. */
export function manifestOptions(
  { command, recipe }: { command: ConversionResult["command"]; recipe: RecipeRun | undefined },
  request: PairsRequest,
): JsonObject {
  return recipe === undefined ? { flags: flagsOf(command, request) } : recipeOptions(recipe);
}

function flagsOf(command: ConversionResult["command"], request: PairsRequest): string[] {
  return formatFlags(
    request,
    optionsOf(command).filter(({ name }) => !silent.has(name)),
  );
}

/** What a recipe says, but for where it writes to; of a path from the root only its end. */
function recipeOptions({ asWritten }: RecipeRun): JsonObject {
  const { output: _, ...recipe } = asWritten;
  const sources = (recipe.sources as readonly JsonObject[]).map(({ from, ...source }) => ({
    from: isAbsolute(from as string) ? basename(from as string) : from!,
    ...source,
  }));
  return { flags: [], recipe: { ...recipe, sources } };
}

/** Options that change nothing of what is written, or hold paths. */
const silent: ReadonlySet<string> = new Set([
  "output",
  "force",
  "json",
  "quiet",
  "progress",
  "color",
  "rejects",
  "removed",
  "manifest",
  "memory",
  "against",
  "listConflicts",
  "issues",
  "sarif",
  "unpaired",
]);
