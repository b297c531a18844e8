import { lineBytes, type PairBatch, SPANS_PER_LINE } from "@dpo-kit/batch";
import { lineSpans } from "./line-spans.ts";

/**
 * The batch with its lines as they stood in the input, in place of how they would be written. Keys stay those of
 * the canonical lines: two spellings of one line are the same pair. `given` has, by their index, the bytes without an
 * end of all lines that may be written otherwise.
 */
export function verbatimBatch(batch: PairBatch, given: ReadonlyMap<number, Uint8Array>): PairBatch {
  const others = new Map([...given].filter(([index, line]) => !isSame(line, lineBytes(batch, index))));
  return others.size === 0 ? batch : withLines(batch, others);
}

function withLines(batch: PairBatch, others: ReadonlyMap<number, Uint8Array>): PairBatch {
  const lineEnd = new Uint32Array(batch.count);
  const spans = batch.spans.slice();
  const bytes = new Uint8Array(sizeWith(batch, others));
  let at = 0;
  for (let index = 0; index < batch.count; index += 1) {
    const other = others.get(index);
    const written = lineBytes(batch, index);
    const before = index === 0 ? 0 : batch.lineEnd[index - 1]!;
    const own = spans.subarray(index * SPANS_PER_LINE, (index + 1) * SPANS_PER_LINE);
    if (other === undefined) {
      own.set(moved(own, at - before));
      bytes.set(written, at);
      at += written.length;
    } else {
      own.set(moved(lineSpans(other), at));
      bytes.set(other, at);
      bytes[at + other.length] = LINE_FEED;
      at += other.length + 1;
    }
    lineEnd[index] = at;
  }
  return { ...batch, bytes, lineEnd, spans };
}

const LINE_FEED = 0x0a;

function sizeWith(batch: PairBatch, others: ReadonlyMap<number, Uint8Array>): number {
  let size = batch.bytes.length;
  for (const [index, line] of others) {
    size += line.length + 1 - lineBytes(batch, index).length;
  }
  return size;
}

/** Offsets by so many bytes further on; 0 stands for tools that are left out, and stays. */
function moved(offsets: Uint32Array, by: number): Uint32Array {
  return offsets.map((offset) => (offset === 0 ? 0 : offset + by));
}

/** Whether a line is what is written, the line feed there aside. */
function isSame(line: Uint8Array, written: Uint8Array): boolean {
  if (line.length + 1 !== written.length) {
    return false;
  }
  let index = 0;
  while (index < line.length && line[index] === written[index]) {
    index += 1;
  }
  return index === line.length;
}
