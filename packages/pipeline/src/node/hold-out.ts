import type { PairChecks } from "@dpo-kit/batch";
import type { AgainstReducer } from "@dpo-kit/dedupe";
import type { InputSource } from "@dpo-kit/io";
import { DataError } from "@dpo-kit/schema";
import type { ReadingRequest, RunEnvironment } from "../conversion-request.ts";
import type { PairsRequest } from "../pairs-request.ts";
import type { FoundSource } from "../source-set.ts";
import type { IssueTally } from "../tally.ts";
import type { ConversionOutputs } from "./conversion-outputs.ts";
import { findSources, refuseTwoStreams } from "./find-sources.ts";
import { heldOutPromptBatches } from "./held-out-prompt-batches.ts";
import type { InputWatch } from "./input-watch.ts";
import { prepareSource } from "./prepare-source.ts";

/**
 * The files that are named with `--against`.
 * @throws what `findSources` throws
 */
export async function findHeldOut(
  request: PairsRequest,
  environment: RunEnvironment,
): Promise<readonly FoundSource[]> {
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
  readonly heldOut: readonly FoundSource[];
  readonly outputs: Pick<ConversionOutputs, "writeIssue">;
}

/** What is held out needs not to be fit for training. */
const noChecks: PairChecks = { validate: () => [], acceptedBy: () => 0 };

const unwatched: InputWatch = { chunk() {}, end() {} };

/**
 * Holds out the pairs of the files that were found, whatever their format. Where prompts are compared, it holds out
 * the prompts too of what gives no pair: of a file of questions, of records that were judged a tie. Of records that
 * cannot be read, and so are not held out, `issues` is told.
 *
 * @throws RUN_NO_PAIRS where there is nothing to hold out in a file, and what planning sources throws
 */
export async function holdOut(against: AgainstReducer, run: HoldOutRun, issues: IssueTally): Promise<void> {
  for (const input of run.heldOut) {
    const canHaveMore = run.request.againstOn !== "pair" && input.rereadable && input.set === undefined;
    let refusal: DataError | undefined;
    const found = await holdOutPairs(against, input, { run, issues }).catch((error: unknown) => {
      refusal = canHaveMore && isAboutContent(error) ? error : undefined;
      if (refusal === undefined) {
        throw error;
      }
      return { pairs: 0, isAll: false };
    });
    const prompts = canHaveMore && !found.isAll ? await holdOutPrompts(against, input, run) : 0;
    if (found.pairs + prompts === 0) {
      throw nothingHeldOut(input, canHaveMore, refusal);
    }
  }
}

/** The refusals of files that hold no pairs; what else goes wrong would do so again. */
function isAboutContent(error: unknown): error is DataError {
  return error instanceof DataError && !error.code.startsWith("IO_");
}

/** Gives how many pairs are held out, and whether they are all that the records of the file hold. */
async function holdOutPairs(
  against: AgainstReducer,
  input: FoundSource,
  { run, issues }: { run: HoldOutRun; issues: IssueTally },
): Promise<{ pairs: number; isAll: boolean }> {
  const { request, environment, outputs } = run;
  const source = await prepareSource(input, { request: readingOf(request), environment });
  let pairs = 0;
  let without = 0;
  try {
    for await (const batch of source.encode({ encoder: { checks: noChecks }, watch: unwatched })) {
      against.add(batch, input.name);
      pairs += batch.count;
      without += batch.ledgers.records.total - batch.ledgers.records.converted;
      for (const issue of batch.rejects.flatMap((reject) => reject.issues)) {
        const warning = { ...issue, severity: "warning" as const };
        issues.add(warning);
        await outputs.writeIssue(warning);
      }
    }
  } finally {
    await source.close();
  }
  return { pairs, isAll: pairs > 0 && without === 0 };
}

/** Gives how many prompts are held out. */
async function holdOutPrompts(
  against: AgainstReducer,
  input: InputSource,
  { environment }: HoldOutRun,
): Promise<number> {
  let prompts = 0;
  for await (const batch of heldOutPromptBatches(input, environment)) {
    against.add(batch, input.name);
    prompts += batch.count;
  }
  return prompts;
}

function nothingHeldOut({ name }: InputSource, tookPrompts: boolean, refusal?: DataError): DataError {
  const why = refusal === undefined ? "" : `: ${refusal.message}`;
  return new DataError("RUN_NO_PAIRS", {
    message: `The held-out file has no pairs${tookPrompts ? " and no prompts" : ""}${why}`,
    location: { source: name },
    hint: tookPrompts
      ? "Name the column of its prompts prompt, question or messages, or give a .txt file with a prompt in each line."
      : "Look at it with `dpo inspect`; a file of prompts alone needs --against-on prompt, and no standard input.",
  });
}
