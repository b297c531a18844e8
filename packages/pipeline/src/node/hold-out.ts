import type { PairChecks } from "@dpo-kit/batch";
import type { AgainstReducer } from "@dpo-kit/dedupe";
import type { InputSource } from "@dpo-kit/io";
import { DataError } from "@dpo-kit/schema";
import type { ReadingRequest, RunEnvironment } from "../conversion-request.ts";
import type { PairsRequest } from "../pairs-request.ts";
import type { IssueTally } from "../tally.ts";
import type { ConversionOutputs } from "./conversion-outputs.ts";
import { findSources, refuseTwoStreams } from "./find-sources.ts";
import type { InputWatch } from "./input-watch.ts";
import { prepareSource } from "./prepare-source.ts";

/**
 * The files that are named with `--against`.
 * @throws what `findSources` throws
 */
export async function findHeldOut(
  request: PairsRequest,
  environment: RunEnvironment,
): Promise<readonly InputSource[]> {
  const { against = [], inputs } = request;
  refuseTwoStreams([...inputs, ...against]);
  return against.length === 0 ? [] : findSources(readingOf(request), environment);
}

/** No option is about these files but where they are: what their columns mean is found out. */
function readingOf({ against = [], maxDownloadBytes }: PairsRequest): ReadingRequest {
  return { inputs: against, ...(maxDownloadBytes === undefined ? {} : { maxDownloadBytes }) };
}

/** What {@link holdOut} needs of a run. */
export interface HoldOutRun {
  readonly request: PairsRequest;
  readonly environment: RunEnvironment;
  readonly heldOut: readonly InputSource[];
  readonly outputs: Pick<ConversionOutputs, "writeIssue">;
}

/** What is held out needs not to be fit for training. */
const noChecks: PairChecks = { validate: () => [], acceptedBy: () => 0 };

const unwatched: InputWatch = { chunk() {}, end() {} };

/**
 * Holds out the pairs of the files that were found, whatever their format. Of records that cannot be read, and so
 * are not held out, `issues` is told.
 *
 * @throws RUN_NO_PAIRS where there is none in a file, and what planning sources throws
 */
export async function holdOut(against: AgainstReducer, run: HoldOutRun, issues: IssueTally): Promise<void> {
  const { request, environment, heldOut, outputs } = run;
  for (const input of heldOut) {
    const source = await prepareSource(input, { request: readingOf(request), environment });
    let pairs = 0;
    try {
      for await (const batch of source.encode({ encoder: { checks: noChecks }, watch: unwatched })) {
        against.add(batch, input.name);
        pairs += batch.count;
        for (const issue of batch.rejects.flatMap((reject) => reject.issues)) {
          const warning = { ...issue, severity: "warning" as const };
          issues.add(warning);
          await outputs.writeIssue(warning);
        }
      }
    } finally {
      await source.close();
    }
    if (pairs === 0) {
      throw noPairs(input);
    }
  }
}

function noPairs({ name }: InputSource): DataError {
  return new DataError("RUN_NO_PAIRS", {
    message: "The held-out file has no pairs",
    location: { source: name },
    hint: "Look at it with `dpo inspect`.",
  });
}
