import { relative, resolve } from "node:path";
import process from "node:process";
import type { PairsRequest } from "../../pairs-request.ts";
import type { Recipe, RunOptions } from "../../recipe/recipe.ts";

/** What is done with the pairs of a recipe's sources. `folder` is where the recipe is: paths are relative to it. */
export function runRequest(recipe: Recipe, folder: string, force: boolean): PairsRequest {
  const { options } = recipe;
  const path = (given: string): string => fromHere(resolve(folder, given));
  return {
    ...options,
    ...pathOptions(options, path),
    inputs: recipe.sources.map(({ from }) => from),
    output: `${path(recipe.outputFolder)}/`,
    force,
  };
}

const singlePaths = [
  "rejects",
  "removed",
  "manifest",
  "unpaired",
  "issues",
  "sarif",
  "listConflicts",
] as const;

function pathOptions(options: RunOptions, path: (given: string) => string): Partial<PairsRequest> {
  const given = singlePaths.flatMap((name) => {
    const value = options[name];
    return value === undefined ? [] : [[name, path(value)] as const];
  });
  const { against } = options;
  return { ...Object.fromEntries(given), ...(against === undefined ? {} : { against: against.map(path) }) };
}

/** As somebody would type it who stands in the working folder. */
function fromHere(path: string): string {
  return relative(process.cwd(), path) || ".";
}
