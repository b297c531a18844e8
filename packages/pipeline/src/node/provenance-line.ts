import { type PairBatch, WORDS_PER_KEY } from "@dpo-kit/batch";
import { escapeLineSeparators } from "@dpo-kit/schema";

/**
 * One line of the provenance file, for one written line:
 * `{key, source, record, line?, pair, rule, margin?, fields?}`. `key` is the line's key in hexadecimal;
 * `record` and `pair` count from 0, `line` is the physical line of the record, from 1.
 */
export function formatProvenanceLine(batch: PairBatch, pair: number, source: string): string {
  const line = batch.physicalLine[pair]!;
  const margin = batch.margin[pair]!;
  const fields = batch.provenance?.[pair];
  return escapeLineSeparators(
    JSON.stringify({
      key: hexKey(batch.lineKey, pair),
      source,
      record: batch.recordOrdinal[pair]!,
      ...(line === 0 ? {} : { line }),
      pair: batch.pairInRecord[pair]!,
      rule: batch.ruleNames[batch.rule[pair]!],
      ...(Number.isNaN(margin) ? {} : { margin }),
      ...(fields === undefined ? {} : { fields }),
    }),
  );
}

/** A key as its 16 bytes in hexadecimal, each 64-bit half with its highest digit first. */
function hexKey(words: Uint32Array, pair: number): string {
  const at = pair * WORDS_PER_KEY;
  return [1, 0, 3, 2].map((word) => words[at + word]!.toString(16).padStart(8, "0")).join("");
}
