/** Where a pair comes from. */
export interface PairPlace {
  /** The number of the source in the plan. */
  readonly sourceId: number;
  /** The place of its record in the source, from 0. */
  readonly ordinal: number;
  /** The physical line its record begins at, from 1; 0 where a source has no lines. */
  readonly line: number;
  /** Its place among the pairs of its record, from 0. */
  readonly pairInRecord: number;
}

/** The order of the input. */
export function comparePlaces(one: PairPlace, other: PairPlace): number {
  return (
    one.sourceId - other.sourceId || one.ordinal - other.ordinal || one.pairInRecord - other.pairInRecord
  );
}
