import type { EntrySorter } from "@dpo-kit/io";

/** Entries that begin with the same words. */
export interface EntryRun {
  /** The words they have in common. */
  readonly head: Uint32Array;
  readonly count: number;
  /** The entries in order, each valid until the next. To be read once, before the next run. */
  readonly entries: Iterable<Uint32Array>;
}

/**
 * The sorted entries in runs that share their first `headWords` words. A second reader runs ahead to count, so that
 * a run may be larger than memory.
 */
export function* entryRuns(sorter: EntrySorter, headWords: number): Generator<EntryRun> {
  const ahead = sorter.sorted();
  const behind = sorter.sorted();
  try {
    for (let next = ahead.next(); next.done !== true; ) {
      const head = next.value.slice(0, headWords);
      let count = 0;
      for (; next.done !== true && beginsWith(next.value, head); next = ahead.next()) {
        count += 1;
      }
      let left = count;
      const entries = function* (): Generator<Uint32Array> {
        while (left > 0) {
          left -= 1;
          yield behind.next().value;
        }
      };
      yield { head, count, entries: entries() };
      for (; left > 0; left -= 1) {
        behind.next();
      }
    }
  } finally {
    ahead.return?.();
    behind.return?.();
  }
}

function beginsWith(entry: Uint32Array, head: Uint32Array): boolean {
  return head.every((word, at) => entry[at] === word);
}
