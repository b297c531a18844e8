import { keyText, lineText, type Replacement, verdicts } from "@dpo-kit/batch";
import { type JsonObject, jsonText } from "@dpo-kit/schema";
import type { DecidedBatch } from "../decided-batch.ts";
import type { PairPlace, PairPlaces } from "./pair-places.ts";

/** What names the places of pairs. */
export interface RemovedLineContext {
  /** The names of the sources by their number. */
  readonly sources: readonly string[];
  readonly places: PairPlaces;
}

const reasons: Readonly<Record<number, string>> = {
  [verdicts.duplicate]: "duplicate",
  [verdicts.conflict]: "conflict",
  [verdicts.filtered]: "filtered",
  [verdicts.heldOut]: "held-out",
  [verdicts.sampledOut]: "sampled-out",
};

/**
 * One line of the file of removed pairs, without its end:
 * `{reason, by, at, key, kept?: {at, score?, line?}, line}`. `by` names the reducer; `at` is
 * `{source, record, line?, pair}`, record and pair from 0, line from 1; `kept` is the pair that stands in its
 * place; `line` is the canonical line as it would have been written.
 */
export function formatRemovedLine(decided: DecidedBatch, pair: number, context: RemovedLineContext): string {
  const { batch, verdict, removals } = decided;
  const { by, reason, insteadOf, keptLine } = removals.get(pair)!;
  const at = placeOf(
    {
      sourceId: batch.sourceId[pair]!,
      recordOrdinal: batch.recordOrdinal[pair]!,
      physicalLine: batch.physicalLine[pair]!,
      pairInRecord: batch.pairInRecord[pair]!,
    },
    context,
  );
  const head = jsonText({
    reason: reason ?? reasons[verdict[pair]!]!,
    by,
    at,
    key: keyText(batch.lineKey, pair),
  });
  const kept = insteadOf === undefined ? "" : `,"kept":${keptText(insteadOf, keptLine, context)}`;
  return `${head.slice(0, -1)}${kept},"line":${lineText(batch, pair)}}`;
}

/** The line is JSON already, and stands as it is. */
function keptText(
  { kept, score }: Replacement,
  line: string | undefined,
  context: RemovedLineContext,
): string {
  const at = typeof kept === "number" ? placeOf(context.places.find(kept), context) : locationOf(kept);
  const head = jsonText({ at, ...(score === undefined ? {} : { score }) });
  return line === undefined ? head : `${head.slice(0, -1)},"line":${line}}`;
}

function placeOf(place: PairPlace, { sources }: RemovedLineContext): JsonObject {
  const { sourceId, recordOrdinal, physicalLine, pairInRecord } = place;
  return {
    source: sources[sourceId]!,
    record: recordOrdinal,
    ...(physicalLine === 0 ? {} : { line: physicalLine }),
    pair: pairInRecord,
  };
}

function locationOf(location: Exclude<Replacement["kept"], number>): JsonObject {
  const { source, ordinal, line } = location;
  return {
    source,
    ...(ordinal === undefined ? {} : { record: ordinal }),
    ...(line === undefined ? {} : { line }),
  };
}
