import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { DataError, type Issue } from "@dpo-kit/schema";
import type { ConversionPlan } from "../../conversion-plan.ts";
import type { RunEnvironment } from "../../conversion-request.ts";
import { shellWord } from "../../options/shell-word.ts";
import { planReducers } from "../../plan-reducers.ts";
import { recipeError } from "../../recipe/recipe-error.ts";
import { type PreparedSource, prepareSource } from "../prepare-source.ts";
import { planOf } from "../run-pairs.ts";
import { findFinishedRun } from "./find-finished-run.ts";
import { readRecipe } from "./read-recipe.ts";
import { failureOf, findUnits } from "./recipe-unit.ts";
import { findFinished, type RunRecipeOptions } from "./run-recipe.ts";
import { runRequest } from "./run-request.ts";
import { WORK_FOLDER } from "./work-folder.ts";

/** What a run of a recipe would do. */
export interface RecipePlan {
  readonly command: "run";
  readonly ok: boolean;
  readonly exitCode: 0 | 1;
  readonly plan: ConversionPlan;
  /** The names of the sources that an earlier run finished. */
  readonly finished: readonly string[];
  /** The sources that would be refused, and why. */
  readonly failed: readonly Issue[];
  readonly next: readonly string[];
}

/**
 * Tells what `runRecipe` would do: reads the start of each source, and writes nothing.
 * @throws what is wrong with the recipe, RECIPE_NO_FILES
 */
export async function planRecipe(
  path: string,
  options: Pick<RunRecipeOptions, "variables"> = {},
  environment: RunEnvironment = {},
): Promise<RecipePlan> {
  const { recipe, folder } = await readRecipe(path, options.variables);
  const request = runRequest(recipe, folder, false);
  const { units, failed: unfound, missing } = await findUnits(recipe.sources, folder, environment);
  if (missing.length > 0) {
    throw recipeError(missing);
  }
  const failed = [...unfound];
  const prepared: PreparedSource[] = [];
  for (const { source, input } of units) {
    try {
      const one = await prepareSource(source, { request: input.request, environment });
      await one.close();
      prepared.push(one);
    } catch (error) {
      if (!DataError.isInstance(error)) {
        throw error;
      }
      failed.push(failureOf(error, source.name));
    }
  }
  const work = workFolderAt(join(request.output, WORK_FOLDER));
  const states = await findFinished(units, { request, work, environment });
  const isComplete = (await findFinishedRun({ recipe, request, units, environment })) !== undefined;
  return {
    command: "run",
    ok: failed.length === 0,
    exitCode: failed.length === 0 ? 0 : 1,
    plan: planOf(prepared, planReducers(request)),
    finished: units
      .filter((_, index) => isComplete || states[index]!.spool !== undefined)
      .map(({ source }) => source.name),
    failed,
    next: [`dpo run ${shellWord(path)}`],
  };
}

/** What a run left there is looked at, and nothing is made. */
function workFolderAt(path: string): { path: string; spools(): Promise<string[]> } {
  return { path, spools: () => readdir(path).catch(() => []) };
}
