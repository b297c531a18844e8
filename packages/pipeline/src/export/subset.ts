import { type PairBatch, verdicts } from "@dpo-kit/batch";
import { createShareSample } from "@dpo-kit/split";
import { type DecidedBatch, undecided } from "../decided-batch.ts";
import type { ExportRequest } from "./export-request.ts";

/** Decides which pairs are exported. */
export type Subset = (batch: PairBatch) => DecidedBatch;

/**
 * The pairs of a share of the prompts, drawn by a keyed hash of each prompt (`docs/keys.md`, "Samples and
 * shuffles"), or the pairs of all the others. Which prompts these are does not depend on the other pairs.
 *
 * @throws SPLIT_INVALID
 */
export async function createSubset({
  fraction,
  complement = false,
  seed,
}: Pick<ExportRequest, "fraction" | "complement" | "seed">): Promise<Subset> {
  if (fraction === undefined) {
    return undecided;
  }
  const sample = await createShareSample({ share: fraction, ...(seed === undefined ? {} : { seed }) });
  return (batch) => {
    const whole = undecided(batch);
    const { verdict } = sample.apply(batch, whole.verdict);
    return { ...whole, verdict: complement ? verdict.map(turned) : verdict };
  };
}

function turned(verdict: number): number {
  return verdict === verdicts.keep ? verdicts.sampledOut : verdicts.keep;
}
