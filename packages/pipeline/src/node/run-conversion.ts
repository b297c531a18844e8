import { stat } from "node:fs/promises";
import { dirname } from "node:path";
import {
  count,
  findImbalances,
  type PairBatch,
  type PairBatchEncoderOptions,
  type Reducer,
  sum,
} from "@dpo-kit/batch";
import type { InputSource } from "@dpo-kit/io";
import { createIssue, DataError, describeIssue, type Issue, type TargetId } from "@dpo-kit/schema";
import type { ConversionPlan } from "../conversion-plan.ts";
import type { ConversionRequest, ReadingRequest, RunEnvironment } from "../conversion-request.ts";
import type { ConversionResult, DuplicateCounts } from "../conversion-result.ts";
import { type ConversionStatus, conversionStatus, type StatusQuestion } from "../conversion-status.ts";
import { createDuplicateCounter } from "../duplicate-counter.ts";
import { nextAfterConversion } from "../next-commands.ts";
import { type OutputLayout, outputLayout } from "../output-layout.ts";
import { reduceBatches } from "../reduce-batches.ts";
import { createRunTally } from "../tally.ts";
import { acceptanceOf } from "./acceptance.ts";
import { refuseUnsafePaths } from "./check-paths.ts";
import { type ConversionOutputs, createConversionOutputs, outputPaths } from "./conversion-outputs.ts";
import { createDiskSpool } from "./disk-spool.ts";
import { findSources } from "./find-sources.ts";
import { type PreparedSource, prepareSource } from "./prepare-source.ts";

/** The providers whose answer the summary gives, in its order. */
export const reportTargets: readonly TargetId[] = ["openai", "azure", "together", "fireworks"];

/**
 * Converts preference data to canonical lines, with everything that came in accounted for. Outputs appear
 * together when the run is complete, or not at all.
 *
 * @throws the refusals of sources and plans, IO_OUTPUT_EXISTS, RUN_STOPPED, RUN_UNBALANCED, and what the
 * environment's signal was aborted with
 */
export async function runConversion(
  request: ConversionRequest,
  environment: RunEnvironment = {},
): Promise<ConversionResult> {
  const layout = await layoutOf(request);
  const inputs = await findSources(request, environment);
  await refuseUnsafePaths(outputPaths(layout, request), inputs);
  const outputs = await createConversionOutputs(layout, request, environment);
  const sources: PreparedSource[] = [];
  try {
    await prepareAll(inputs, { request, environment, prepared: sources });
    outputs.begin(sources.map(({ plan }) => plan));
    return await convertSources({ request, environment, layout, outputs, sources });
  } catch (error) {
    await outputs.abort();
    throw error;
  } finally {
    await Promise.all(sources.map((source) => source.close()));
  }
}

async function layoutOf(request: ConversionRequest): Promise<OutputLayout> {
  const { output, rejects, manifest, provenance } = request;
  const isFolder = await stat(output).then(
    (found) => found.isDirectory(),
    () => false,
  );
  return outputLayout({
    output,
    isFolder,
    ...(rejects === undefined ? {} : { rejects }),
    ...(manifest === undefined ? {} : { manifest }),
    ...(provenance === undefined ? {} : { provenance }),
  });
}

/** What {@link prepareAll} needs; what is prepared is added to `prepared`, whose owner closes it. */
export interface PrepareAllOptions {
  readonly request: ReadingRequest;
  readonly environment: RunEnvironment;
  readonly prepared: PreparedSource[];
}

/** Plans each source, so that what cannot work is said before anything is converted. */
export async function prepareAll(inputs: readonly InputSource[], options: PrepareAllOptions): Promise<void> {
  const { prepared, ...rest } = options;
  for (const input of inputs) {
    prepared.push(await prepareSource(input, rest));
  }
}

/** The plan of prepared sources. */
export function planOf(
  sources: readonly PreparedSource[],
  reducers: readonly Reducer[] = [],
): ConversionPlan {
  return {
    schema: "dpo-kit/plan@1",
    sources: sources.map(({ plan }) => plan),
    passes: reducers.some(({ needsAll }) => needsAll) ? 2 : 1,
  };
}

/** A run that has everything it needs. */
interface Run {
  readonly request: ConversionRequest;
  readonly environment: RunEnvironment;
  readonly layout: OutputLayout;
  readonly outputs: ConversionOutputs;
  readonly sources: readonly PreparedSource[];
}

async function convertSources(run: Run): Promise<ConversionResult> {
  const { layout, outputs } = run;
  const tally = createRunTally(reportTargets);
  const duplicates = createDuplicateCounter();
  const reducers: Reducer[] = [];
  const spoolFolder = layout.train === undefined ? "." : dirname(layout.train);
  const decided = reduceBatches(readBatches(run, { tally, duplicates }), {
    reducers,
    createSpool: () => createDiskSpool(spoolFolder),
  });
  const sourceNames = run.sources.map(({ input }) => input.name);
  for await (const batch of decided) {
    tally.addDecided(batch, [outputs.name]);
    await outputs.writeLines(batch, sourceNames);
  }
  refuseUnbalanced(tally);
  return endRun(run, { tally, duplicates: duplicates.counts(), plan: planOf(run.sources, reducers) });
}

type Tally = ReturnType<typeof createRunTally>;

/** The batches of all sources in their order, counted; what is rejected is written on the way. */
async function* readBatches(
  run: Run,
  counters: { tally: Tally; duplicates: ReturnType<typeof createDuplicateCounter> },
): AsyncGenerator<PairBatch> {
  const { request, outputs, sources } = run;
  for (const [sourceId, source] of sources.entries()) {
    const encoder = encoderOptions(request, sourceId, outputs.wantsAllNotes);
    countOnce(source, counters.tally);
    for await (const batch of source.encode({
      encoder,
      watch: outputs.watchInput(source.input),
      onUnpaired: outputs.onUnpaired,
    })) {
      counters.tally.addBatch(batch);
      counters.duplicates.observe(batch);
      if (request.onInvalid === "stop" && batch.rejects.length > 0) {
        throw stoppedAt(batch);
      }
      await outputs.writeRejects(batch);
      reportProgress(run, counters.tally);
      yield batch;
    }
  }
}

/** What is done once for a whole source is in its plan, and in no batch. */
function countOnce({ plan }: PreparedSource, { transforms }: Tally): void {
  if (plan.transforms.includes("byte-order-mark-removed")) {
    count(transforms, "byte-order-mark-removed");
  }
}

function encoderOptions(
  request: ConversionRequest,
  sourceId: number,
  keepAllNotes: boolean,
): PairBatchEncoderOptions {
  return {
    sourceId,
    lean: request.lean === true,
    targets: request.target ?? ["openai"],
    reportTargets,
    keepProvenance: request.provenance === true,
    ...(keepAllNotes ? { keptNotes: Number.POSITIVE_INFINITY } : {}),
  };
}

function reportProgress({ environment, outputs, sources }: Run, { ledgers, rejects }: Tally): void {
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

function refuseUnbalanced({ ledgers }: Tally): void {
  const imbalances = findImbalances(ledgers);
  if (imbalances.length > 0) {
    throw new DataError("RUN_UNBALANCED", {
      message: `The ledgers do not balance: ${imbalances.join("; ")}`,
    });
  }
}

async function endRun(
  run: Run,
  done: { tally: Tally; duplicates: DuplicateCounts; plan: ConversionPlan },
): Promise<ConversionResult> {
  const { request, layout, outputs } = run;
  const { tally, duplicates, plan } = done;
  const { ledgers, transforms } = tally;
  const status = conversionStatus({ ledgers, rejects: tally.rejects, ...judgement(request) });
  const written = await outputs.finish({ keepLines: !status.noPairs });
  const accepted = acceptanceOf(reportTargets, tally.accepted, written);
  const manifest = await outputs.commit({ plan, ledgers, transforms, accepted, duplicates, written });
  if (sum(ledgers.pairs.written) === 0) {
    tally.issues.add(noPairsIssue(run, status));
  }
  const issues = tally.issues.report();
  return {
    command: "convert",
    ok: status.exitCode === 0,
    exitCode: status.exitCode,
    plan,
    ledgers,
    transforms,
    outputs: [...written, ...manifest],
    issues,
    accepted,
    duplicates,
    next: nextAfterConversion(request, layout, {
      status,
      rejects: tally.rejects,
      lines: sum(ledgers.pairs.written),
      issues,
    }),
  };
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
}: ConversionRequest): Pick<StatusQuestion, "allowRejects" | "onInvalid"> {
  return {
    ...(allowRejects === undefined ? {} : { allowRejects }),
    ...(onInvalid === undefined ? {} : { onInvalid }),
  };
}
