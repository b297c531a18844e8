import type { OriginalRecord, Outcome } from "@dpo-kit/batch";
import type { Location } from "@dpo-kit/schema";
import type { MadePairs } from "./made-pairs.ts";

/** The record that the pairs were made of. */
export interface OutcomeOptions {
  at: Location;
  /** For the rejects file. Leave it out where no rejects are kept. */
  record?: OriginalRecord | undefined;
}

/**
 * What a converter says of one record:
 * - `pairs` if there is at least one;
 * - else `rejected` with every problem of the record, if there is one;
 * - else `skipped`: `no-candidates` where nothing could be compared, or the reason its first comparison was
 *   dropped for (`tie`, `margin`, `cap`, `divergence`).
 */
export function outcomeOf(made: MadePairs, options: OutcomeOptions): Outcome {
  const { pairs, dropped, issues } = made;
  const { at, record } = options;
  const kept = record === undefined ? {} : { record };
  if (pairs.length > 0) {
    return { kind: "pairs", at, pairs, dropped, ...kept };
  }
  if (issues.length > 0) {
    return { kind: "rejected", at, issues, dropped, ...kept };
  }
  return { kind: "skipped", at, reason: dropped[0]?.reason ?? "no-candidates", dropped };
}
