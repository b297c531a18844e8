import { type GroupColumn, lineBytes, type PairBatch, SPANS_PER_LINE, WORDS_PER_KEY } from "@dpo-kit/batch";

type Column =
  | Uint8Array<ArrayBuffer>
  | Uint16Array<ArrayBuffer>
  | Uint32Array<ArrayBuffer>
  | Float64Array<ArrayBuffer>;

/**
 * The batch with some of its pairs only, by their indexes in ascending order. The others are counted as filtered
 * for that reason.
 */
export function selectPairs(batch: PairBatch, kept: readonly number[], reason: string): PairBatch {
  const gone = batch.count - kept.length;
  if (gone === 0) {
    return batch;
  }
  const rows = <T extends Column>(column: T, width = 1): T => selectRows(column, kept, width);
  const { pairs } = batch.ledgers;
  const filtered = new Map(pairs.filtered).set(reason, (pairs.filtered.get(reason) ?? 0) + gone);
  return {
    ...batch,
    ...selectLinesOf(batch, kept),
    count: kept.length,
    sourceId: rows(batch.sourceId),
    recordOrdinal: rows(batch.recordOrdinal),
    physicalLine: rows(batch.physicalLine),
    pairInRecord: rows(batch.pairInRecord),
    lineKey: rows(batch.lineKey, WORDS_PER_KEY),
    promptKey: rows(batch.promptKey, WORDS_PER_KEY),
    preferredKey: rows(batch.preferredKey, WORDS_PER_KEY),
    nonPreferredKey: rows(batch.nonPreferredKey, WORDS_PER_KEY),
    rule: rows(batch.rule),
    margin: rows(batch.margin),
    acceptedBy: rows(batch.acceptedBy),
    groups: batch.groups.map(
      (group): GroupColumn => ({ ...group, hash: rows(group.hash, 2), index: rows(group.index) }),
    ),
    ...(batch.provenance === undefined ? {} : { provenance: kept.map((pair) => batch.provenance![pair]) }),
    ledgers: { ...batch.ledgers, pairs: { ...pairs, filtered } },
  };
}

function selectRows<T extends Column>(column: T, kept: readonly number[], width: number): T {
  const Kind = column.constructor as new (length: number) => T;
  const selected = new Kind(kept.length * width);
  kept.forEach((row, at) => {
    selected.set(column.subarray(row * width, (row + 1) * width) as never, at * width);
  });
  return selected;
}

/** Spans count from the start of the buffer; both of 0 stand for what the line leaves out. */
function selectLinesOf(
  batch: PairBatch,
  kept: readonly number[],
): Pick<PairBatch, "bytes" | "lineEnd" | "spans"> {
  const lines = kept.map((pair) => lineBytes(batch, pair));
  const bytes = new Uint8Array(lines.reduce((total, { length }) => total + length, 0));
  const lineEnd = new Uint32Array(kept.length);
  const spans = selectRows(batch.spans, kept, SPANS_PER_LINE);
  let end = 0;
  lines.forEach((line, at) => {
    bytes.set(line, end);
    const moved = end - (line.byteOffset - batch.bytes.byteOffset);
    for (let span = at * SPANS_PER_LINE; span < (at + 1) * SPANS_PER_LINE; span += 2) {
      if (spans[span] !== spans[span + 1]) {
        spans[span]! += moved;
        spans[span + 1]! += moved;
      }
    }
    end += line.length;
    lineEnd[at] = end;
  });
  return { bytes, lineEnd, spans };
}
