import { stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname } from "node:path";
import { count, findImbalances, type PairBatch, type PairBatchEncoderOptions, sum } from "@dpo-kit/batch";
import type { InputSource } from "@dpo-kit/io";
import { diskEntrySorters } from "@dpo-kit/io/node";
import { createIssue, DataError, describeIssue, type Issue, type TargetId } from "@dpo-kit/schema";
import { createLeakCheck, type LeakCheck, leakIssues } from "@dpo-kit/split";
import type { ConversionPlan, ReducerPlan } from "../conversion-plan.ts";
import type { RunEnvironment } from "../conversion-request.ts";
import type { ConversionResult, DuplicateCounts, OutputRecord, SplitProof } from "../conversion-result.ts";
import { type ConversionStatus, conversionStatus, type StatusQuestion } from "../conversion-status.ts";
import { createDuplicateCounter, type DuplicateCounter } from "../duplicate-counter.ts";
import { nextAfterConversion } from "../next-commands.ts";
import { isSplitName } from "../options/parse-splits.ts";
import { type OutputLayout, outputLayout } from "../output-layout.ts";
import type { PairsRequest } from "../pairs-request.ts";
import { groupFields, planReducers, splitOf } from "../plan-reducers.ts";
import { reduceBatches } from "../reduce-batches.ts";
import { createRunTally, type RunTally } from "../tally.ts";
import { acceptanceOf } from "./acceptance.ts";
import { refuseUnsafePaths } from "./check-paths.ts";
import { type ConversionOutputs, createConversionOutputs, outputPaths } from "./conversion-outputs.ts";
import { createReducers, type Reducers } from "./create-reducers.ts";
import { createDiskSpool } from "./disk-spool.ts";
import { createFieldCheck, type FieldCheck } from "./field-check.ts";
import { findSources } from "./find-sources.ts";
import { holdOut } from "./hold-out.ts";
import { createPairPlaces, type PairPlaces } from "./pair-places.ts";
import type { PreparedSource } from "./prepare-source.ts";

/** The providers whose answer the summary gives, in its order. */
export const reportTargets: readonly TargetId[] = ["openai", "azure", "together", "fireworks"];

/** What is run, and how its sources are read. */
export interface RunPairsOptions {
  readonly command: ConversionResult["command"];
  readonly request: PairsRequest;
  readonly environment: RunEnvironment;
  /** Plans one source, so that what cannot work is said before anything is written. */
  prepare(input: InputSource): Promise<PreparedSource>;
  /** Finds the sources. Default: each file is one. */
  readonly find?: typeof findSources;
}

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
  await refuseUnsafePaths(outputPaths(layout, request), inputs);
  const outputs = await createConversionOutputs(layout, request, environment);
  const sources: PreparedSource[] = [];
  try {
    for (const input of inputs) {
      sources.push(await options.prepare(input));
    }
    outputs.begin(sources.map(({ plan }) => plan));
    return await reduceSources({ ...options, layout, outputs, sources, plan: planOf(sources, reducers) });
  } catch (error) {
    await outputs.abort();
    throw error;
  } finally {
    await Promise.all(sources.map((source) => source.close()));
  }
}

async function layoutOf(request: PairsRequest): Promise<OutputLayout> {
  const { output, rejects, removed, manifest, provenance } = request;
  const splits = splitOf(request)?.map(({ name }) => name);
  const isFolder = await stat(output).then(
    (found) => found.isDirectory(),
    () => false,
  );
  return outputLayout({
    output,
    isFolder,
    ...(splits === undefined ? {} : { splits }),
    ...(rejects === undefined ? {} : { rejects }),
    ...(removed === undefined ? {} : { removed }),
    ...(manifest === undefined ? {} : { manifest }),
    ...(provenance === undefined ? {} : { provenance }),
  });
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

/** A run that has everything it needs. */
interface Run extends RunPairsOptions {
  readonly layout: OutputLayout;
  readonly outputs: ConversionOutputs;
  readonly sources: readonly PreparedSource[];
  readonly plan: ConversionPlan;
}

/** What a run counts and remembers on the way. */
interface Observers {
  readonly tally: RunTally;
  readonly duplicates: DuplicateCounter;
  readonly fields: FieldCheck;
  /** Only where pairs may be taken out: then the places of those that are kept are asked for. */
  readonly places: PairPlaces | undefined;
  /** Only of a split. */
  readonly leaks: LeakCheck | undefined;
}

async function reduceSources(run: Run): Promise<ConversionResult> {
  const { layout, outputs, request, plan } = run;
  const folder = workingFolder(layout);
  const sources = run.sources.map(({ input }) => input.name);
  const places = createPairPlaces(folder);
  const observers: Observers = {
    tally: createRunTally(reportTargets, outputs.lines.names),
    duplicates: createDuplicateCounter(),
    fields: createFieldCheck(groupFields(request)),
    places: plan.reducers.length === 0 ? undefined : places,
    leaks: layout.lines.length > 1 ? leakCheckOf(folder, layout) : undefined,
  };
  const onConflict = request.listConflicts === undefined ? undefined : outputs.writeConflict.bind(outputs);
  const reducers = await createReducers({ request, plans: plan.reducers, sources, folder, onConflict });
  try {
    if (reducers.against !== undefined) {
      const { environment } = run;
      await holdOut(reducers.against, { request, environment, issues: observers.tally.issues });
    }
    if (reducers.shuffle !== undefined) {
      outputs.lines.shuffleWith(reducers.shuffle);
    }
    const decided = reduceBatches(readBatches(run, observers), {
      reducers: reducers.all,
      createSpool: () => createDiskSpool(folder),
    });
    for await (const batch of decided) {
      run.environment.signal?.throwIfAborted();
      observers.tally.addDecided(batch);
      observers.leaks?.addBatch(batch.batch, batch);
      await outputs.writeDecided(batch, { sources, places });
    }
    observers.fields.refuseUnknown();
    return await endRun(run, observers, reducers);
  } finally {
    await reducers.close();
    await places.close();
    observers.leaks?.close();
  }
}

/** What does not fit into memory is kept beside the output; of standard output, where the system keeps such files. */
function workingFolder({ lines }: OutputLayout): string {
  const [first] = lines;
  return first === undefined ? tmpdir() : dirname(first.path);
}

function leakCheckOf(directory: string, { lines }: OutputLayout): LeakCheck {
  return createLeakCheck({ createSorter: diskEntrySorters({ directory }), files: lines.length });
}

/** The batches of all sources in their order, counted; what is rejected is written on the way. */
async function* readBatches(run: Run, observers: Observers): AsyncGenerator<PairBatch> {
  const { request, outputs, sources } = run;
  const { tally } = observers;
  for (const [sourceId, source] of sources.entries()) {
    const encoder = encoderOptions(request, sourceId, outputs.wantsAllNotes);
    countOnce(source, tally);
    for await (const batch of source.encode({
      encoder,
      watch: outputs.watchInput(source.input),
      onUnpaired: outputs.onUnpaired,
    })) {
      tally.addBatch(batch);
      observers.duplicates.observe(batch);
      observers.fields.observe(batch);
      await observers.places?.add(batch);
      if (request.onInvalid === "stop" && batch.rejects.length > 0) {
        throw stoppedAt(batch);
      }
      await outputs.writeRejects(batch);
      reportProgress(run, tally);
      yield batch;
    }
  }
}

/** What is done once for a whole source is in its plan, and in no batch. */
function countOnce({ plan }: PreparedSource, { transforms }: RunTally): void {
  if (plan.transforms.includes("byte-order-mark-removed")) {
    count(transforms, "byte-order-mark-removed");
  }
}

function encoderOptions(
  request: PairsRequest,
  sourceId: number,
  keepAllNotes: boolean,
): PairBatchEncoderOptions {
  return {
    sourceId,
    lean: request.lean === true,
    targets: request.target ?? ["openai"],
    reportTargets,
    keepProvenance: request.provenance === true,
    groupColumns: groupFields(request),
    ...(keepAllNotes ? { keptNotes: Number.POSITIVE_INFINITY } : {}),
  };
}

function reportProgress({ environment, outputs, sources }: Run, { ledgers, rejects }: RunTally): void {
  const sizes = sources.map(({ input }) => input.size);
  const total = sizes.reduce(
    (sum, size) => (sum === undefined || size === undefined ? undefined : sum + size),
    0,
  );
  environment.onProgress?.({
    bytesRead: outputs.bytesRead(),
    ...(total === undefined ? {} : { bytesTotal: total }),
    records: ledgers.records.total,
    pairs: ledgers.pairs.total,
    rejected: rejects,
  });
}

function stoppedAt({ rejects }: PairBatch): DataError {
  const [issue] = rejects[0]!.issues;
  return new DataError("RUN_STOPPED", {
    message: `Stopped at the first invalid record, ${issue!.code}: ${describeIssue(issue!)}`,
    location: issue!.location,
    hint: issue!.hint,
  });
}

/** Files hold what the ledger says, or the run fails. */
function refuseUnbalanced({ ledgers }: RunTally, written: readonly OutputRecord[]): void {
  const lines = written
    .filter(({ kind }) => isSplitName(kind))
    .reduce((total, file) => total + file.lines, 0);
  const kept = sum(ledgers.pairs.written);
  const imbalances = findImbalances(ledgers);
  if (lines !== kept) {
    imbalances.push(`lines: ${kept} kept, ${lines} written`);
  }
  if (imbalances.length > 0) {
    throw new DataError("RUN_UNBALANCED", {
      message: `The ledgers do not balance: ${imbalances.join("; ")}`,
    });
  }
}

async function endRun(run: Run, observers: Observers, reducers: Reducers): Promise<ConversionResult> {
  const { command, request, layout, outputs, plan } = run;
  const { tally } = observers;
  const { ledgers, transforms } = tally;
  const proof = proofOf(observers, outputs.lines.names);
  reducers.split?.notes?.().forEach(tally.issues.add);
  const duplicates: DuplicateCounts = observers.duplicates.counts();
  const status = conversionStatus({ ledgers, rejects: tally.rejects, ...judgement(request) });
  const written = await outputs.finish({ keepLines: !status.noPairs });
  refuseUnbalanced(tally, written);
  const accepted = acceptanceOf(reportTargets, tally.accepted, written);
  const stability = reducers.split?.stability.sentence;
  const conflicts = reducers.conflicts?.counts;
  const told = { command, plan, ledgers, transforms, accepted, duplicates, proof, conflicts };
  const manifest = await outputs.commit({ ...told, stability, written });
  if (sum(ledgers.pairs.written) === 0) {
    tally.issues.add(noPairsIssue(run, status));
  }
  const issues = tally.issues.report();
  const lines = sum(ledgers.pairs.written);
  return {
    command,
    ok: status.exitCode === 0,
    exitCode: status.exitCode,
    plan,
    ledgers,
    transforms,
    outputs: [...written, ...manifest],
    issues,
    accepted,
    duplicates,
    ...(conflicts === undefined ? {} : { conflicts }),
    ...(proof === undefined ? {} : { proof }),
    next: nextAfterConversion(request, layout, { status, rejects: tally.rejects, lines, issues }),
  };
}

/** Groups that are no prompts may have a prompt in common: then the files do, and somebody should know. */
function proofOf({ leaks, tally }: Observers, names: readonly string[]): SplitProof | undefined {
  if (leaks === undefined) {
    return undefined;
  }
  const report = leaks.report();
  for (const issue of leakIssues(report, names)) {
    tally.issues.add({ ...issue, severity: "warning" });
  }
  const prompts = new Map(report.files.map((file, number) => [names[number]!, file.prompts]));
  return { prompts, shared: report.sharedPrompts };
}

function noPairsIssue({ sources }: Run, { noPairs }: ConversionStatus): Issue {
  const location = { source: sources.map(({ input }) => input.name).join(", ") };
  return noPairs
    ? createIssue("RUN_NO_PAIRS", { location })
    : createIssue("RUN_NO_PAIRS", {
        location,
        severity: "info",
        message: "There are no records, so there are no pairs",
        hint: "Nothing is wrong if the input is meant to be empty.",
      });
}

function judgement({
  allowRejects,
  onInvalid,
}: PairsRequest): Pick<StatusQuestion, "allowRejects" | "onInvalid"> {
  return {
    ...(allowRejects === undefined ? {} : { allowRejects }),
    ...(onInvalid === undefined ? {} : { onInvalid }),
  };
}
