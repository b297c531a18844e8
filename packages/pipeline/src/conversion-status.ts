import { type Ledgers, sum } from "@dpo-kit/batch";
import type { Allowance } from "./options/parse-option.ts";

/** What decides how a conversion that ran to its end is judged. */
export interface StatusQuestion {
  readonly ledgers: Ledgers;
  /** Entries that the rejects file holds, or would hold. */
  readonly rejects: number;
  readonly allowRejects?: Allowance;
  /** With `skip` bad records were expected: they are counted and do not fail the run. */
  readonly onInvalid?: "reject" | "skip" | "stop";
}

/** How a conversion that ran to its end is judged. */
export interface ConversionStatus {
  readonly exitCode: 0 | 1;
  /** There were records, or judgements of records that are not there, and no pair came: no training file is written. */
  readonly noPairs: boolean;
  /** More was rejected than allowed. The files are written all the same. */
  readonly tooManyRejects: boolean;
}

/** Exit code 1: no pairs from non-empty input, or more rejects than allowed. A header without rows is fine. */
export function conversionStatus(question: StatusQuestion): ConversionStatus {
  const { ledgers, rejects } = question;
  const seen = ledgers.records.total + ledgers.units.malformed;
  const noPairs = seen + ledgers.units.unjoined > 0 && sum(ledgers.pairs.written) === 0;
  const tooManyRejects =
    question.onInvalid !== "skip" && rejects > allowedRejects(question.allowRejects, seen);
  return { exitCode: noPairs || tooManyRejects ? 1 : 0, noPairs, tooManyRejects };
}

function allowedRejects(allowance: Allowance | undefined, seen: number): number {
  if (allowance === undefined) {
    return 0;
  }
  return allowance.kind === "count" ? allowance.value : (allowance.value / 100) * seen;
}
