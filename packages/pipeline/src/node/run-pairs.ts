import { stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname } from "node:path";
import { createWorkingFolder } from "@dpo-kit/io/node";
import { DataError } from "@dpo-kit/schema";
import type { ConversionPlan, ReducerPlan } from "../conversion-plan.ts";
import type { ConversionResult } from "../conversion-result.ts";
import { type OutputLayout, outputLayout } from "../output-layout.ts";
import type { PairsRequest } from "../pairs-request.ts";
import { planReducers, splitOf } from "../plan-reducers.ts";
import { reduceBatches } from "../reduce-batches.ts";
import { shardBytes } from "../shard-bytes.ts";
import { refuseUnsafePaths } from "./check-paths.ts";
import { createConversionOutputs } from "./conversion-outputs.ts";
import { createReducers } from "./create-reducers.ts";
import { createDiskSpool } from "./disk-spool.ts";
import { endRun } from "./end-run.ts";
import { findSources } from "./find-sources.ts";
import { findHeldOut, holdOut } from "./hold-out.ts";
import { claimedPaths } from "./output-paths.ts";
import { createRunObservers, type PairsRun, type RunPairsOptions } from "./pairs-run.ts";
import type { PreparedSource } from "./prepare-source.ts";
import { readBatches } from "./read-batches.ts";

/**
 * Reads pairs from sources, sends them through the reducers that are asked for, and writes what is left, with
 * everything that came in accounted for. Outputs appear together when the run is complete, or not at all.
 *
 * @throws the refusals of sources and plans, IO_OUTPUT_EXISTS, RUN_STOPPED, RUN_UNBALANCED, those of reducers, and
 * what the environment's signal was aborted with
 */
export async function runPairs(options: RunPairsOptions): Promise<ConversionResult> {
  const { request, environment } = options;
  const reducers = planReducers(request);
  const layout = await layoutOf(request);
  const inputs = await (options.find ?? findSources)(request, environment);
  const heldOut = await findHeldOut(request, environment);
  await refuseUnsafePaths(await claimedPaths(layout, request), [...inputs, ...heldOut]);
  const outputs = await createConversionOutputs(layout, request, environment);
  const sources: PreparedSource[] = [];
  try {
    for (const input of inputs) {
      sources.push(await options.prepare(input));
    }
    outputs.begin(sources.map(({ plan }) => plan));
    const plan = planOf(sources, reducers);
    return await reduceSources({ ...options, layout, outputs, sources, heldOut, plan });
  } catch (error) {
    await outputs.abort();
    throw error;
  } finally {
    await Promise.all(sources.map((source) => source.close()));
  }
}

/** Where the outputs of a request go. */
export async function layoutOf(request: PairsRequest): Promise<OutputLayout> {
  const { output, rejects, removed, manifest, provenance, shardSize } = request;
  const splits = splitOf(request)?.map(({ name }) => name);
  const isFolder = await stat(output).then(
    (found) => found.isDirectory(),
    () => false,
  );
  const layout = outputLayout({
    output,
    isFolder,
    shardBytes: shardBytes(request),
    ...(splits === undefined ? {} : { splits }),
    ...(rejects === undefined ? {} : { rejects }),
    ...(removed === undefined ? {} : { removed }),
    ...(manifest === undefined ? {} : { manifest }),
    ...(provenance === undefined ? {} : { provenance }),
  });
  if (shardSize !== undefined && shardSize !== "off" && layout.kind !== "folder") {
    throw new DataError("RUN_OPTION_INVALID", {
      message: `--shard-size writes several files, which do not fit into ${output === "-" ? "standard output" : output}`,
      hint: "Name a folder: -o out/",
    });
  }
  return layout;
}

/** The plan of prepared sources, and of the reducers behind them. */
export function planOf(sources: readonly PreparedSource[], reducers: readonly ReducerPlan[]): ConversionPlan {
  return {
    schema: "dpo-kit/plan@1",
    sources: sources.map(({ plan }) => plan),
    reducers,
    passes: reducers.some(({ secondPass }) => secondPass) ? 2 : 1,
  };
}

async function reduceSources(run: PairsRun): Promise<ConversionResult> {
  const working = await createWorkingFolder(run.folder ?? folderBeside(run.layout));
  try {
    return await reduceIn(working.path, run);
  } finally {
    await working.close();
  }
}

async function reduceIn(folder: string, run: PairsRun): Promise<ConversionResult> {
  const { environment, outputs, request, plan } = run;
  const sources = run.sources.map(({ input }) => input.name);
  const observers = createRunObservers(run, folder);
  const onConflict = request.listConflicts === undefined ? undefined : outputs.writeConflict.bind(outputs);
  const reducers = await createReducers({ request, plans: plan.reducers, sources, folder, onConflict });
  try {
    if (reducers.against !== undefined) {
      await holdOut(reducers.against, run, observers.tally.issues);
    }
    if (reducers.shuffle !== undefined) {
      outputs.lines.shuffleWith(reducers.shuffle);
    }
    const decided = reduceBatches(readBatches(run, observers), {
      reducers: reducers.all,
      createSpool: () => createDiskSpool(folder),
    });
    for await (const batch of decided) {
      environment.signal?.throwIfAborted();
      observers.tally.addDecided(batch);
      observers.leaks?.addBatch(batch.batch, batch);
      await outputs.writeDecided(batch, { sources, places: observers.places });
    }
    observers.fields.refuseUnknown();
    return await endRun(run, observers, reducers);
  } finally {
    await reducers.close();
    await observers.places.close();
    observers.leaks?.close();
  }
}

/** What does not fit into memory is kept beside the output; of standard output, where the system keeps such files. */
function folderBeside({ lines }: OutputLayout): string {
  const [first] = lines;
  return first === undefined ? tmpdir() : dirname(first.path);
}
