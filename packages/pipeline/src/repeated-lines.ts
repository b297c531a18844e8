import {
  createKeyTable,
  createPairBatchEncoder,
  type KeyTable,
  type PairBatch,
  type PairChecks,
  WORDS_PER_KEY,
} from "@dpo-kit/batch";
import { createIssue, type DpoExample, type Issue } from "@dpo-kit/schema";
import { preferenceKey } from "./preference-key.ts";

/** Finds valid lines that say what an earlier line said, or the opposite. */
export interface RepeatedLines {
  /** Takes a valid line. Problems come now or with a later call, in the order of the lines. */
  add(example: DpoExample, place: { source: string; ordinal: number; line: number }): readonly Issue[];
  /** The problems of the lines that are still in work. */
  end(): readonly Issue[];
}

// The caller has checked the line already, with its own targets.
const noChecks: PairChecks = { validate: () => [], acceptedBy: () => 0 };

/** Options of {@link createRepeatedLines}. */
export interface RepeatedLinesOptions {
  /** How much memory keys may take. Default: 256 MiB. */
  readonly maxBytes?: number;
  /** Is shown the keys of the lines, each batch once. */
  readonly onBatch?: ((batch: PairBatch) => void) | undefined;
}

/**
 * Looks for exact duplicates and direct reversals within one file, up to `maxBytes` of keys; beyond that it finds
 * fewer, and never a wrong one.
 */
export async function createRepeatedLines(options: RepeatedLinesOptions = {}): Promise<RepeatedLines> {
  const { maxBytes = 256 * 2 ** 20, onBatch } = options;
  const encoder = await createPairBatchEncoder({ checks: noChecks });
  const lines = createKeyTable({ maxBytes: maxBytes / 2 });
  const preferences = createKeyTable({ maxBytes: maxBytes / 2 });
  let source = "";
  const judge = (batch: PairBatch): Issue[] => {
    onBatch?.(batch);
    return judgeBatch(batch, { lines, preferences, source });
  };
  return {
    add(example, place) {
      source = place.source;
      encoder.add({
        kind: "pairs",
        at: place,
        pairs: [{ example, rule: "given", transforms: [] }],
        dropped: [],
      });
      return encoder.full ? judge(encoder.flush()) : [];
    },
    end: () => judge(encoder.flush()),
  };
}

function judgeBatch(
  batch: PairBatch,
  seen: { lines: KeyTable; preferences: KeyTable; source: string },
): Issue[] {
  const issues: Issue[] = [];
  const key = new Uint32Array(WORDS_PER_KEY);
  for (let pair = 0; pair < batch.count; pair += 1) {
    const line = batch.physicalLine[pair]!;
    const location = { source: seen.source, ordinal: batch.recordOrdinal[pair]!, line };
    const same = seen.lines.add(batch.lineKey, pair * WORDS_PER_KEY, line);
    if (same !== -1) {
      issues.push(
        createIssue("LINE_DUPLICATE", { location, message: `The line is the same as line ${same}` }),
      );
      continue;
    }
    preferenceKey(key, batch, pair, true);
    const opposite = seen.preferences.find(key, 0);
    if (opposite !== -1) {
      const message = `The line prefers what line ${opposite} rejects: the same prompt and answers, the other way round`;
      issues.push(createIssue("LINE_REVERSED", { location, message }));
    }
    preferenceKey(key, batch, pair, false);
    seen.preferences.add(key, 0, line);
  }
  return issues;
}
