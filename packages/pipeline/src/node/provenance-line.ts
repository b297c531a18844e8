import { keyText, type PairBatch } from "@dpo-kit/batch";
import { escapeLineSeparators } from "@dpo-kit/schema";
import { hidePersonalFields } from "./personal-fields.ts";

/** The name under which what a provenance file says of a line's origin goes along with its fields, as JSON. */
export const ORIGIN_FIELD = "@origin";

/**
 * One line of the provenance file, for one written line:
 * `{key, split?, source, record, line?, pair, rule, margin?, fields?}`. `key` is the line's key in hexadecimal;
 * `split` is the file it went to, where there are several; `record` and `pair` count from 0, `line` is the
 * physical line of the record, from 1. Of lines that came with a provenance file it tells what that told.
 */
export function formatProvenanceLine(
  batch: PairBatch,
  pair: number,
  { source, split }: { source: string; split?: string | undefined },
): string {
  const { [ORIGIN_FIELD]: origin, ...fields } = batch.provenance?.[pair] ?? {};
  return escapeLineSeparators(
    JSON.stringify({
      key: keyText(batch.lineKey, pair),
      ...(split === undefined ? {} : { split }),
      ...(typeof origin === "string" ? JSON.parse(origin) : originOf(batch, pair, source)),
      ...(Object.keys(fields).length === 0 ? {} : { fields: hidePersonalFields(fields) }),
    }),
  );
}

function originOf(batch: PairBatch, pair: number, source: string): object {
  const line = batch.physicalLine[pair]!;
  const margin = batch.margin[pair]!;
  return {
    source,
    record: batch.recordOrdinal[pair]!,
    ...(line === 0 ? {} : { line }),
    pair: batch.pairInRecord[pair]!,
    rule: batch.ruleNames[batch.rule[pair]!],
    ...(Number.isNaN(margin) ? {} : { margin }),
  };
}
