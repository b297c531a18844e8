import { lineBytes, type PairBatch, SPANS_PER_LINE } from "@dpo-kit/batch";
import { lineSpans } from "./line-spans.ts";

/**
 * The batch with its lines as they stood in the input, in place of how they would be written. Keys stay those of
 * the canonical lines: two spellings of one line are the same pair. `given` has the text of each line, without
 * its end, in the order of the batch.
 */
export function verbatimBatch(batch: PairBatch, given: readonly string[]): PairBatch {
  const lines = given.map((text) => utf8.encode(`${text}\n`));
  if (lines.every((line, index) => isSame(line, lineBytes(batch, index)))) {
    return batch;
  }
  const lineEnd = new Uint32Array(batch.count);
  const spans = new Uint32Array(batch.count * SPANS_PER_LINE);
  const bytes = new Uint8Array(lines.reduce((total, { length }) => total + length, 0));
  let at = 0;
  lines.forEach((line, index) => {
    bytes.set(line, at);
    spans.set(
      lineSpans(line).map((offset) => (offset === 0 ? 0 : at + offset)),
      index * SPANS_PER_LINE,
    );
    at += line.length;
    lineEnd[index] = at;
  });
  return { ...batch, bytes, lineEnd, spans };
}

const utf8 = new TextEncoder();

function isSame(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && one.every((byte, index) => byte === other[index]);
}
