import { count, type PairBatch, type PairBatchEncoderOptions } from "@dpo-kit/batch";
import { DataError, describeIssue } from "@dpo-kit/schema";
import type { PairsRequest } from "../pairs-request.ts";
import { groupFields } from "../plan-reducers.ts";
import type { RunTally } from "../tally.ts";
import type { PairsRun, RunObservers } from "./pairs-run.ts";
import type { PreparedSource } from "./prepare-source.ts";
import { reportTargets } from "./report-targets.ts";

/** The batches of all sources in their order, counted; what is rejected is written on the way. */
export async function* readBatches(run: PairsRun, observers: RunObservers): AsyncGenerator<PairBatch> {
  const { request, outputs, sources, plan } = run;
  const { tally } = observers;
  for (const [sourceId, source] of sources.entries()) {
    const encoder = { ...encoderOptions(request, outputs.wantsAllNotes), sourceId };
    countOnce(source, tally);
    for await (const batch of source.encode({
      encoder,
      watch: outputs.watchInput(source.input),
      onUnpaired: outputs.onUnpaired,
      chatCounts: observers.chat,
      folder: observers.folder,
    })) {
      tally.addBatch(batch);
      observers.duplicates.observe(batch);
      observers.fields.observe(batch);
      if (plan.reducers.length > 0) {
        await observers.places.add(batch);
      }
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

/** What decides how pairs become lines; the number of their source aside. */
export function encoderOptions(request: PairsRequest, keepAllNotes: boolean): PairBatchEncoderOptions {
  return {
    lean: request.lean === true,
    targets: request.target ?? ["openai"],
    reportTargets,
    keepProvenance: request.provenance === true,
    groupColumns: groupFields(request),
    ...(keepAllNotes ? { keptNotes: Number.POSITIVE_INFINITY } : {}),
  };
}

function reportProgress({ environment, outputs, sources }: PairsRun, { ledgers, rejects }: RunTally): void {
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
