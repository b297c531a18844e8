import { EntryRunReader } from "./entry-run.ts";

/** The entries of several sorted runs in one order. Closes the files however it ends. */
export function* mergeEntryRuns(paths: readonly string[], width: number): Generator<Uint32Array> {
  const readers: EntryRunReader[] = [];
  try {
    for (const path of paths) {
      readers.push(new EntryRunReader(path, width));
    }
    yield* merge(readers, width);
  } finally {
    for (const reader of readers) {
      reader.close();
    }
  }
}

function* merge(readers: readonly EntryRunReader[], width: number): Generator<Uint32Array> {
  // A list in order is a heap.
  const heap = readers
    .filter((reader) => reader.advance())
    .sort((left, right) => compareEntries(left, right, width));
  const current = new Uint32Array(width);
  for (let first = heap[0]; first !== undefined; first = heap[0]) {
    for (let word = 0; word < width; word += 1) {
      current[word] = first.words[first.at + word]!;
    }
    yield current;
    if (!first.advance()) {
      const last = heap.pop()!;
      if (heap.length === 0) {
        return;
      }
      // Where the last is the first itself, it is gone already.
      heap[0] = last;
    }
    siftDown(heap, width);
  }
}

/** Moves the first reader of the heap down to its place. */
function siftDown(heap: EntryRunReader[], width: number): void {
  const moved = heap[0]!;
  let at = 0;
  for (;;) {
    let child = 2 * at + 1;
    if (child + 1 < heap.length && compareEntries(heap[child + 1]!, heap[child]!, width) < 0) {
      child += 1;
    }
    if (child >= heap.length || compareEntries(moved, heap[child]!, width) <= 0) {
      break;
    }
    heap[at] = heap[child]!;
    at = child;
  }
  heap[at] = moved;
}

function compareEntries(left: EntryRunReader, right: EntryRunReader, width: number): number {
  const [one, other] = [left.words, right.words];
  for (let word = 0; word < width; word += 1) {
    const difference = one[left.at + word]! - other[right.at + word]!;
    if (difference !== 0) {
      return difference;
    }
  }
  return 0;
}
