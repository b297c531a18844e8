import { basename } from "node:path";
import { createOutputSet } from "@dpo-kit/io/node";
import type { Issue } from "@dpo-kit/schema";
import type { RunEnvironment } from "../../conversion-request.ts";
import type { ConversionResult } from "../../conversion-result.ts";
import type { PairsRequest } from "../../pairs-request.ts";
import type { Variables } from "../../recipe/expand-variables.ts";
import { createValueHider } from "../../recipe/hide-values.ts";
import type { Recipe } from "../../recipe/recipe.ts";
import { recipeError } from "../../recipe/recipe-error.ts";
import { claimedPaths } from "../output-paths.ts";
import { layoutOf, runPairs } from "../run-pairs.ts";
import { contentDigest } from "./content-digest.ts";
import { type ConvertedUnit, convertUnits, type PendingUnit } from "./convert-units.ts";
import { findFinishedRun } from "./find-finished-run.ts";
import { readRecipe } from "./read-recipe.ts";
import { createRecipeProgress } from "./recipe-progress.ts";
import { findUnits, type RecipeUnit } from "./recipe-unit.ts";
import { runKey } from "./run-key.ts";
import { runRequest } from "./run-request.ts";
import { sharedTask } from "./shared-task.ts";
import { readSpoolFacts } from "./spool-file.ts";
import { prepareSpooled, type SpooledSource, spooledSource } from "./spooled-source.ts";
import { spoolName, unitKey } from "./unit-key.ts";
import { openWorkFolder, type WorkFolder } from "./work-folder.ts";

/** How a recipe is run. */
export interface RunRecipeOptions {
  /** How many sources are read at a time. Default, also for 0: as many as the machine has cores. */
  readonly jobs?: number;
  /** Whether outputs that are there are replaced. Default: false; those of a run that did not end always are. */
  readonly force?: boolean;
  /** What `${NAME}` stands for. Default: the environment of the process. */
  readonly variables?: Variables;
}

/**
 * Runs a recipe. Each source is converted into a spool in a folder beside the outputs, and the outputs are made of
 * the spools. A run that was ended at any moment, begun again, does only what was not finished, and ends in the same
 * bytes. A source that is refused does not keep the others from being converted: the result names it, its exit code
 * is 1, and the manifest says that the output is not complete; what was finished is kept for the next run.
 *
 * @param path of the recipe; the paths in it are relative to its folder.
 * @throws what is wrong with the recipe, RECIPE_NO_FILES, RECIPE_IN_USE, IO_OUTPUT_EXISTS, RUN_STOPPED, those of
 * reducers, and what the environment's signal was aborted with; the first refusal where all sources are refused
 */
export async function runRecipe(
  path: string,
  options: RunRecipeOptions = {},
  environment: RunEnvironment = {},
): Promise<ConversionResult> {
  const { recipe, folder } = await readRecipe(path, options.variables);
  const request = runRequest(recipe, folder, options.force === true);
  const { units, failed, missing } = await findUnits(recipe.sources, folder, environment);
  if (missing.length > 0) {
    throw recipeError(missing);
  }
  const work = await openWorkFolder(request.output);
  try {
    if (!work.isResumed && options.force !== true && failed.length === 0) {
      const finished = await findFinishedRun({ recipe, request, units, environment });
      if (finished !== undefined) {
        return finished;
      }
    }
    const result = await runUnits({ recipe, request, options, units, failed, work, environment });
    if (result.sources!.failed.length === 0) {
      await work.remove();
    }
    return result;
  } finally {
    await work.release();
  }
}

interface UnitsRun {
  readonly recipe: Recipe;
  readonly request: PairsRequest;
  readonly options: RunRecipeOptions;
  readonly units: readonly RecipeUnit[];
  /** Sources that could not be found out. */
  readonly failed: readonly Issue[];
  readonly work: WorkFolder;
  readonly environment: RunEnvironment;
}

async function runUnits(run: UnitsRun): Promise<ConversionResult> {
  const { recipe, work, environment, units } = run;
  const force = run.request.force === true || work.isResumed;
  const request = { ...run.request, force };
  const layout = await layoutOf(request);
  // Said before the work is done, and not after it.
  await createOutputSet({ force }).check(await claimedPaths(layout, request));
  await work.claimOutputs();
  const states = await findFinished(units, { request, work, environment });
  const converted = await convertPending(states, run);
  const failed = [...run.failed, ...converted.flatMap((one) => ("failure" in one ? [one.failure] : []))];
  const spooled = await spooledSources(units, converted, work);
  if (spooled.length === 0) {
    throw recipeError(failed);
  }
  const reused = states.filter(({ spool }) => spool !== undefined).length;
  const inputs = new Map(spooled.map((source) => [source.input, source]));
  return runPairs({
    command: "run",
    request,
    environment: { ...environment, onProgress: () => {} },
    folder: work.scratch,
    find: async () => [...inputs.keys()],
    prepare: async (input) => prepareSpooled(inputs.get(input)!),
    recipe: {
      asWritten: recipe.asWritten,
      sources: { count: units.length + run.failed.length, reused, failed },
      ...(failed.length === 0 ? { key: await recipeKeyOf(spooled, run) } : {}),
      hideValues: createValueHider(recipe),
    },
  });
}

/** A unit, and the name of its spool where an earlier run finished it. */
export interface UnitState {
  readonly unit: RecipeUnit;
  readonly key: string;
  readonly spool: string | undefined;
}

/** Looks which units are finished. Only of those that seem to be the content is read. */
export async function findFinished(
  units: readonly RecipeUnit[],
  {
    request,
    work,
    environment,
  }: Pick<UnitsRun, "request" | "environment"> & { work: Pick<WorkFolder, "path" | "spools"> },
): Promise<UnitState[]> {
  const spools = await work.spools();
  const states: UnitState[] = [];
  for (const unit of units) {
    const key = unitKey({ input: unit.input, name: unit.source.name, ...sharedTask(request) });
    const isCandidate = spools.some((name) => name.startsWith(`${key}-`));
    const name = isCandidate ? spoolName(key, await contentDigest(unit.source, environment.signal)) : "";
    const isWhole = spools.includes(name) && (await readSpoolFacts(`${work.path}/${name}`)) !== undefined;
    states.push({ unit, key, spool: isWhole ? name : undefined });
  }
  return states;
}

/** Converts what is not finished. Gives what became of all units, in their order. */
async function convertPending(
  states: readonly UnitState[],
  { request, options, work, environment }: UnitsRun,
): Promise<ConvertedUnit[]> {
  const pending = states.filter(({ spool }) => spool === undefined);
  const shown = pending.map(({ unit: { source } }) => ({ name: source.name, size: source.size }));
  const progress = createRecipeProgress(shown, states.length - pending.length, environment);
  const tasks = pending.map(
    ({ unit, key }): PendingUnit => ({
      name: unit.source.name,
      task: { ...sharedTask(request), input: unit.input, key, folder: work.path, scratch: work.scratch },
    }),
  );
  const done = await convertUnits(tasks, {
    environment,
    jobs: options.jobs,
    onProgress: (unit, told) => progress.update(unit, told),
  });
  return states.map(({ spool }, index) =>
    spool === undefined ? done[pending.indexOf(states[index]!)]! : { spool },
  );
}

function recipeKeyOf(sources: readonly SpooledSource[], run: UnitsRun): Promise<string> {
  return runKey({ ...run, spools: sources.map(({ path }) => basename(path)) });
}

async function spooledSources(
  units: readonly RecipeUnit[],
  converted: readonly ConvertedUnit[],
  work: WorkFolder,
): Promise<SpooledSource[]> {
  const found: SpooledSource[] = [];
  for (const [index, one] of converted.entries()) {
    if ("spool" in one) {
      found.push(await spooledSource(units[index]!.source, `${work.path}/${one.spool}`));
    }
  }
  return found;
}
