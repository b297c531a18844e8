import { RunReader } from "./run-file.ts";
import type { LineOrder, SortedLine } from "./sorted-line.ts";

/** The lines of several sorted runs in one order. Closes the files however it ends. */
export async function* mergeRuns(paths: readonly string[], order: LineOrder): AsyncGenerator<SortedLine> {
  const readers: RunReader[] = [];
  try {
    for (const path of paths) {
      readers.push(await RunReader.open(path));
    }
    yield* merge(readers, order);
  } finally {
    await Promise.all(readers.map((reader) => reader.close()));
  }
}

async function* merge(readers: readonly RunReader[], order: LineOrder): AsyncGenerator<SortedLine> {
  const heap: RunReader[] = [];
  const before = (left: RunReader, right: RunReader) => order(left.current!, right.current!) < 0;
  for (const reader of readers) {
    if (await reader.fill()) {
      heap.push(reader);
      siftUp(heap, before);
    }
  }
  for (let first = heap[0]; first !== undefined; first = heap[0]) {
    yield first.current!;
    first.advance();
    if (first.current === undefined && !(await first.fill())) {
      removeFirst(heap);
    }
    siftDown(heap, before);
  }
}

type Before = (left: RunReader, right: RunReader) => boolean;

/** Moves the last reader of the heap up to its place. */
function siftUp(heap: RunReader[], before: Before): void {
  let at = heap.length - 1;
  while (at > 0) {
    const parent = (at - 1) >> 1;
    if (!before(heap[at]!, heap[parent]!)) {
      return;
    }
    swap(heap, at, parent);
    at = parent;
  }
}

/** Moves the first reader of the heap down to its place. */
function siftDown(heap: RunReader[], before: Before): void {
  let at = 0;
  for (;;) {
    let least = at;
    for (const child of [2 * at + 1, 2 * at + 2]) {
      if (child < heap.length && before(heap[child]!, heap[least]!)) {
        least = child;
      }
    }
    if (least === at) {
      return;
    }
    swap(heap, at, least);
    at = least;
  }
}

function removeFirst(heap: RunReader[]): void {
  const last = heap.pop()!;
  if (heap.length > 0) {
    heap[0] = last;
  }
}

function swap(heap: RunReader[], one: number, other: number): void {
  const kept = heap[one]!;
  heap[one] = heap[other]!;
  heap[other] = kept;
}
