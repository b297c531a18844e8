import { type PairBatch, type Reducer, type VerdictColumn, verdicts, WORDS_PER_KEY } from "@dpo-kit/batch";
import { type CreateEntrySorter, memoryEntrySorters, readNumber, writeNumber } from "@dpo-kit/io";
import { PairDecisions } from "./pair-decisions.ts";
import { copyKey, eachKept } from "./pair-entries.ts";
import { RunStarts } from "./run-starts.ts";
import { invalidSplit } from "./split-bounds.ts";

/** Why pairs over the limit are filtered, in the ledger of pairs. */
export const MAX_PAIRS_REASON = "max-pairs-per-prompt";

/** How many pairs of a prompt are kept. */
export interface MaxPairsPerPromptOptions {
  /** A whole number from 1. */
  readonly count: number;
  /** Where keys are sorted, 32 bytes a pair. Default: in memory. */
  readonly createSorter?: CreateEntrySorter;
}

/** An entry: the prompt key in four words, the rank of the margin in two, the number of the pair in two. */
const RANK_AT = WORDS_PER_KEY;
const PAIR_AT = RANK_AT + 2;
const WIDTH = PAIR_AT + 2;

/**
 * Keeps at most so many pairs of each prompt, those with the largest margins, then the first of the input; pairs
 * without a margin come last. The same order holds within a record, for `--max-pairs-per-record`. The others are
 * filtered, with {@link MAX_PAIRS_REASON}. A large margin is a clear preference, and the order of the input says
 * nothing: so all pairs are seen first, even where none has a margin.
 *
 * @throws SPLIT_INVALID
 */
export function createMaxPairsPerPrompt(options: MaxPairsPerPromptOptions): Reducer {
  const { count, createSorter = memoryEntrySorters() } = options;
  if (!Number.isSafeInteger(count) || count < 1) {
    throw invalidSplit(`The most pairs of a prompt are ${count}; it must be a whole number from 1`);
  }
  const sorter = createSorter(WIDTH);
  const decisions = new PairDecisions(createSorter);
  const entry = new Uint32Array(WIDTH);
  let observed = 0;
  let applied = 0;

  function observe(batch: PairBatch, current: Uint8Array): void {
    eachKept(batch, current, (pair) => {
      copyKey(batch.promptKey, pair, { target: entry, at: 0 });
      writeRank(entry, RANK_AT, batch.margin[pair]!);
      writeNumber(entry, PAIR_AT, observed + pair);
      sorter.add(entry);
    });
    observed += batch.count;
  }

  function decide(): void {
    const starts = new RunStarts(WORDS_PER_KEY);
    let rank = 0;
    for (const each of sorter.sorted()) {
      rank = starts.at(each) ? 0 : rank + 1;
      if (rank >= count) {
        decisions.add(readNumber(each, PAIR_AT), verdicts.filtered);
      }
    }
    sorter.close();
  }

  function apply(batch: PairBatch): VerdictColumn {
    const verdict = Uint8Array.from({ length: batch.count }, (_, pair) => decisions.on(applied + pair));
    applied += batch.count;
    const reason = new Map<number, string>();
    verdict.forEach((each, pair) => {
      if (each === verdicts.filtered) {
        reason.set(pair, MAX_PAIRS_REASON);
      }
    });
    return { verdict, reason };
  }

  return {
    name: "max-pairs-per-prompt",
    needsAll: true,
    observe,
    decide,
    apply,
    close() {
      sorter.close();
      decisions.close();
    },
  };
}

const float = new DataView(new ArrayBuffer(8));

/** Writes two words that sort as numbers do, the largest first and NaN last. */
function writeRank(target: Uint32Array, at: number, margin: number): void {
  // Adding 0 makes -0 the same as 0.
  float.setFloat64(0, margin + 0);
  const isNegative = margin < 0;
  const [high, low] = [float.getUint32(0), float.getUint32(4)];
  target[at] = Number.isNaN(margin) ? 0xffffffff : isNegative ? high : ~(high | 0x80000000);
  target[at + 1] = Number.isNaN(margin) ? 0xffffffff : isNegative ? low : ~low;
}
