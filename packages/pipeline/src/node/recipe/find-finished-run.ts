import { stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import type { RunEnvironment } from "../../conversion-request.ts";
import type { ConversionResult, OutputRecord } from "../../conversion-result.ts";
import { conversionStatus } from "../../conversion-status.ts";
import type { OutputLayout } from "../../output-layout.ts";
import type { PairsRequest } from "../../pairs-request.ts";
import { parseCounts, parseLedgers } from "../../plain-ledgers.ts";
import { planReducers } from "../../plan-reducers.ts";
import type { Recipe } from "../../recipe/recipe.ts";
import type { RunManifest } from "../../run-manifest.ts";
import { outputPaths } from "../output-paths.ts";
import { readManifest } from "../run-folder.ts";
import { layoutOf, planOf } from "../run-pairs.ts";
import { contentDigest } from "./content-digest.ts";
import type { RecipeUnit } from "./recipe-unit.ts";
import { runKey } from "./run-key.ts";
import { sharedTask } from "./shared-task.ts";
import { spoolName, unitKey } from "./unit-key.ts";

/** What may have been run before. */
export interface FinishedRunQuestion {
  readonly recipe: Recipe;
  readonly request: PairsRequest;
  readonly units: readonly RecipeUnit[];
  readonly environment: RunEnvironment;
}

/**
 * What an earlier run of the same recipe with the same inputs did, where all its outputs are there as it left them. A
 * run that was killed after its last step, begun again, has nothing left to do. The inputs are read only where the
 * outputs are those of a finished recipe.
 */
export async function findFinishedRun(question: FinishedRunQuestion): Promise<ConversionResult | undefined> {
  const { request, units } = question;
  const layout = await layoutOf(request);
  const manifest = layout.manifest === undefined ? undefined : await readManifest(layout.manifest);
  if (manifest?.run === undefined) {
    return undefined;
  }
  const outputs = recordsOf(manifest, layout, request);
  if (!(await areThere(outputs)) || (await keyOf(question)) !== manifest.run) {
    return undefined;
  }
  return resultOf(manifest, { request, outputs, count: units.length });
}

async function keyOf({ recipe, request, units, environment }: FinishedRunQuestion): Promise<string> {
  const spools: string[] = [];
  for (const { input, source } of units) {
    const key = unitKey({ input, name: source.name, ...sharedTask(request) });
    spools.push(spoolName(key, await contentDigest(source, environment.signal)));
  }
  return runKey({ recipe, request, environment, spools });
}

/** The files that a manifest names, where they would be. */
function recordsOf(manifest: RunManifest, layout: OutputLayout, request: PairsRequest): OutputRecord[] {
  const folder = dirname(layout.manifest!);
  const paths = outputPaths(layout, request);
  return [...manifest.outputs, ...manifest.exported].map(({ name, ...output }) => ({
    ...output,
    path: paths.find((path) => basename(path) === name) ?? join(folder, name),
  }));
}

async function areThere(outputs: readonly OutputRecord[]): Promise<boolean> {
  const sizes = outputs.map(
    async ({ path, bytes }) => (await stat(path).catch(() => undefined))?.size === bytes,
  );
  return (await Promise.all(sizes)).every(Boolean);
}

function resultOf(
  { ledgers: plain, transforms, duplicates }: RunManifest,
  { request, outputs, count }: { request: PairsRequest; outputs: readonly OutputRecord[]; count: number },
): ConversionResult {
  const ledgers = parseLedgers(plain);
  const rejects = outputs.find(({ kind }) => kind === "rejects")?.lines ?? 0;
  const { exitCode } = conversionStatus({ ...request, ledgers, rejects });
  const counted = parseCounts(duplicates);
  return {
    command: "run",
    ok: exitCode === 0,
    exitCode,
    plan: planOf([], planReducers(request)),
    ledgers,
    transforms: parseCounts(transforms),
    outputs,
    issues: { byCode: [], first: [] },
    accepted: [],
    duplicates: {
      exact: counted.get("exact") ?? 0,
      reversed: counted.get("reversed") ?? 0,
      lowerBound: duplicates.lowerBound === true,
    },
    sources: { count, reused: count, failed: [] },
    alreadyComplete: true,
    next: [],
  };
}
