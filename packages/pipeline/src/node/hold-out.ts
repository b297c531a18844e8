import type { PairChecks } from "@dpo-kit/batch";
import type { AgainstReducer } from "@dpo-kit/dedupe";
import { DataError } from "@dpo-kit/schema";
import type { RunEnvironment } from "../conversion-request.ts";
import type { PairsRequest } from "../pairs-request.ts";
import type { IssueTally } from "../tally.ts";
import { findSources } from "./find-sources.ts";
import type { InputWatch } from "./input-watch.ts";
import { prepareSource } from "./prepare-source.ts";

/** What is held out needs not to be fit for training. */
const noChecks: PairChecks = { validate: () => [], acceptedBy: () => 0 };

const unwatched: InputWatch = { chunk() {}, end() {} };

/** What {@link holdOut} needs. */
export interface HoldOutOptions {
  readonly request: Pick<PairsRequest, "against" | "maxDownloadBytes">;
  readonly environment: RunEnvironment;
  /** Is told of records that could not be read, and so are not held out. */
  readonly issues: IssueTally;
}

/**
 * Holds out the pairs of the files that are named with `--against`, whatever their format.
 * @throws RUN_NO_PAIRS where there is none in a file, and what finding and planning sources throw
 */
export async function holdOut(against: AgainstReducer, options: HoldOutOptions): Promise<void> {
  const { request, environment, issues } = options;
  const { against: inputs = [], maxDownloadBytes } = request;
  const reading = { inputs, ...(maxDownloadBytes === undefined ? {} : { maxDownloadBytes }) };
  for (const input of await findSources(reading, environment)) {
    const source = await prepareSource(input, { request: reading, environment });
    let pairs = 0;
    try {
      for await (const batch of source.encode({ encoder: { checks: noChecks }, watch: unwatched })) {
        against.add(batch, input.name);
        pairs += batch.count;
        for (const issue of batch.rejects.flatMap((reject) => reject.issues)) {
          issues.add({ ...issue, severity: "warning" });
        }
      }
    } finally {
      await source.close();
    }
    if (pairs === 0) {
      throw new DataError("RUN_NO_PAIRS", {
        message: "The held-out file has no pairs",
        location: { source: input.name },
        hint: "Look at it with `dpo inspect`.",
      });
    }
  }
}
