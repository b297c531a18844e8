import type { Outcome } from "@dpo-kit/batch";
import { memoryStore } from "@dpo-kit/preference";
import type { PairwiseConvertOptions } from "./pairwise-options.ts";
import type { PairwiseRow } from "./pairwise-row.ts";
import type { RowConverter } from "./row-converter.ts";

/**
 * Converts rows that belong together by a key: one outcome for each group, when all rows were read. A row that
 * has no key is an outcome of its own, in its turn.
 */
export async function* convertGathered(
  rows: AsyncIterable<PairwiseRow>,
  converter: RowConverter,
  options: PairwiseConvertOptions,
): AsyncGenerator<Outcome, void, undefined> {
  const { gatherBytes: maxBytes } = options;
  const store = memoryStore<PairwiseRow>({
    sizeOf: ({ bytes }) => bytes * 2 + 200,
    ...(maxBytes === undefined ? {} : { maxBytes }),
  });
  try {
    let ordinal = 0;
    for await (const record of rows) {
      options.signal?.throwIfAborted();
      const key = converter.keyOf(record);
      if (key === undefined) {
        yield converter.convert(record);
      } else {
        store.add({ key, ordinal, record });
      }
      ordinal += 1;
    }
    for await (const { members } of store.groups()) {
      yield converter.convertGroup(members);
    }
  } finally {
    store.close();
  }
}
