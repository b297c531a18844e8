import type { PairBatch } from "./pair-batch.ts";
import { type VerdictColumn, verdicts } from "./reducer.ts";

/**
 * The bytes of the lines that are kept and go to one output (default: the first), as views into the batch:
 * lines that stand together come as one, so a batch that is kept wholly is written in one go.
 */
export function* selectLines(
  batch: PairBatch,
  column: Pick<VerdictColumn, "verdict" | "output">,
  output = 0,
): Generator<Uint8Array<ArrayBuffer>> {
  const { bytes, count, lineEnd } = batch;
  let runStart = 0;
  let end = 0;
  for (let line = 0; line < count; line += 1) {
    const isChosen = column.verdict[line] === verdicts.keep && (column.output?.[line] ?? 0) === output;
    if (!isChosen) {
      if (end > runStart) {
        yield bytes.subarray(runStart, end);
      }
      runStart = lineEnd[line]!;
    }
    end = lineEnd[line]!;
  }
  if (end > runStart) {
    yield bytes.subarray(runStart, end);
  }
}
