import { lineText, type PairBatch, verdicts } from "@dpo-kit/batch";
import { type ExportOptions, exportTarget } from "@dpo-kit/export";
import type { DecidedBatch } from "../decided-batch.ts";
import { undecided } from "../decided-batch.ts";
import type { ExportLedger } from "./export-result.ts";
import { readExample } from "./read-example.ts";
import { TargetExporter } from "./target-exporter.ts";

/** How pairs are exported. */
export interface ExportPairsOptions extends ExportOptions {
  /** The id of a target, or another name it goes by. */
  readonly target: string;
  /** Is told where every example went, after the last batch. */
  readonly onLedger?: (ledger: ExportLedger) => void;
}

/**
 * The pairs of batches as rows of a target, in their order: JSON Lines, the rows of a batch in one text. Of batches
 * that were decided on, those that are kept.
 *
 * @throws EXPORT_TARGET_UNKNOWN
 */
export async function* exportPairs(
  batches: AsyncIterable<PairBatch | DecidedBatch> | Iterable<PairBatch | DecidedBatch>,
  { target, onLedger, ...options }: ExportPairsOptions,
): AsyncGenerator<string> {
  const exporter = await TargetExporter.create(exportTarget(target), options);
  for await (const given of batches) {
    const { batch, verdict } = "verdict" in given ? given : undecided(given);
    const texts: string[] = [];
    for (let pair = 0; pair < batch.count; pair += 1) {
      if (verdict[pair] === verdicts.keep) {
        const rows = exporter.export(readExample(lineText(batch, pair)), 0);
        texts.push(...rows.map(({ text }) => `${text}\n`));
      }
    }
    if (texts.length > 0) {
      yield texts.join("");
    }
  }
  onLedger?.(exporter.ledger);
}
