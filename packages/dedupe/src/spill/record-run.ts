import { compareRecords, type RecordShape, type RecordView } from "./record-order.ts";
import type { SpillFile, SpillStore } from "./spill-store.ts";

/** Bytes of records that are written, and of each run read, at once. */
const BUFFER_BYTES = 64 * 1024;

/** Writes records, which come in order, to a file. */
export function writeRecordRun(
  spill: SpillStore,
  shape: RecordShape,
  records: Iterable<RecordView>,
): SpillFile {
  const file = spill.createFile();
  const buffer = new Uint32Array(recordsPerBuffer(shape) * shape.words);
  let filled = 0;
  const flush = () => file.append(new Uint8Array(buffer.buffer, 0, filled * 4));
  for (const { words, at } of records) {
    for (let word = 0; word < shape.words; word += 1) {
      buffer[filled + word] = words[at + word]!;
    }
    filled += shape.words;
    if (filled === buffer.length) {
      flush();
      filled = 0;
    }
  }
  flush();
  return file;
}

/** The records of several runs in one order; of one key those of an earlier run come first. Removes the runs. */
export function* mergeRecordRuns(files: readonly SpillFile[], shape: RecordShape): Generator<RecordView> {
  const heap: RecordCursor[] = [];
  for (const [index, file] of files.entries()) {
    const cursor = new RecordCursor(file, shape, index);
    if (!cursor.isAtEnd) {
      heap.push(cursor);
    }
  }
  heap.sort((one, other) => order(one, other, shape));
  for (let least = heap[0]; least !== undefined; least = heap[0]) {
    yield least;
    least.advance();
    if (least.isAtEnd) {
      heap[0] = heap.at(-1)!;
      heap.pop();
    }
    siftDown(heap, shape);
  }
  for (const file of files) {
    file.remove();
  }
}

/** Goes through the records of a run. */
class RecordCursor implements RecordView {
  readonly words: Uint32Array;
  readonly run: number;
  at = 0;
  readonly #file: SpillFile;
  readonly #size: number;
  #position = 0;
  #end = 0;

  constructor(file: SpillFile, shape: RecordShape, run: number) {
    this.words = new Uint32Array(recordsPerBuffer(shape) * shape.words);
    this.run = run;
    this.#file = file;
    this.#size = shape.words;
    this.#fill();
  }

  get isAtEnd(): boolean {
    return this.#end === 0;
  }

  advance(): void {
    this.at += this.#size;
    if (this.at === this.#end) {
      this.#fill();
    }
  }

  #fill(): void {
    const bytes = this.#file.read(new Uint8Array(this.words.buffer), this.#position);
    this.#position += bytes;
    this.#end = bytes / 4;
    this.at = 0;
  }
}

function order(one: RecordCursor, other: RecordCursor, shape: RecordShape): number {
  return compareRecords(shape, one, other) || one.run - other.run;
}

/** Moves the first cursor of the heap down to its place. */
function siftDown(heap: RecordCursor[], shape: RecordShape): void {
  for (let at = 0; ; ) {
    let least = at;
    for (let child = 2 * at + 1; child <= 2 * at + 2 && child < heap.length; child += 1) {
      if (order(heap[child]!, heap[least]!, shape) < 0) {
        least = child;
      }
    }
    if (least === at) {
      return;
    }
    const kept = heap[at]!;
    heap[at] = heap[least]!;
    heap[least] = kept;
    at = least;
  }
}

function recordsPerBuffer({ words }: RecordShape): number {
  return Math.max(1, Math.floor(BUFFER_BYTES / 4 / words));
}
