/** A record among those that are gathered. */
export interface GatherEntry<T> {
  /** What its group is known by. */
  key: string;
  /** Its place in the input, from 0. */
  ordinal: number;
  record: T;
}

/** The records of one key. */
export interface GatheredGroup<T> {
  key: string;
  /** In the order of the input. */
  members: T[];
  /** The place of its first member in the input, from 0. */
  firstOrdinal: number;
}

/** Keeps records until their groups are complete. A store serves one gathering. */
export interface GatherStore<T> {
  /**
   * Takes a record. Ordinals come in ascending order.
   * @throws GATHER_LIMIT
   */
  add(entry: GatherEntry<T>): void | Promise<void>;
  /**
   * The complete groups, in the order of their first members. Called once, after the last `add`.
   * @throws GATHER_LIMIT
   */
  groups(): AsyncIterable<GatheredGroup<T>>;
  /** Lets go of everything the store holds. Called always, however the gathering ends. */
  close(): void | Promise<void>;
}

/**
 * Assembles what is spread over several records: rows of one prompt, votes of one answer. Groups come out in
 * the order of their first members, members in the order of the input, and no group before it is complete;
 * so the first comes out only when the last record was read.
 *
 * @throws GATHER_LIMIT when the store can hold no more. No partial group comes out.
 */
export async function* gather<T>(
  records: AsyncIterable<T> | Iterable<T>,
  key: (record: T) => string,
  store: GatherStore<T>,
): AsyncGenerator<GatheredGroup<T>> {
  try {
    let ordinal = 0;
    for await (const record of records) {
      const added = store.add({ key: key(record), ordinal, record });
      if (added !== undefined) {
        await added;
      }
      ordinal += 1;
    }
    yield* store.groups();
  } finally {
    await store.close();
  }
}
