import { keyText } from "@dpo-kit/batch";
import { DataError } from "@dpo-kit/schema";
import { compareRecords, type RecordView } from "../spill/record-order.ts";
import { type PromptPair, promptPairShape, readPromptPair } from "./prompt-pair.ts";

/** The pairs of one prompt, in the order of the input. */
export interface PromptGroup {
  /** 32 hexadecimal digits. */
  readonly promptKey: string;
  readonly pairs: readonly PromptPair[];
}

/**
 * Groups records that come sorted by prompt. A group is held in memory as a whole.
 * @throws DEDUPE_MEMORY where one has more than `mostPairs`.
 */
export function* groupByPrompt(records: Iterable<RecordView>, mostPairs: number): Generator<PromptGroup> {
  const first = new Uint32Array(promptPairShape.words);
  let pairs: PromptPair[] = [];
  for (const record of records) {
    if (pairs.length > 0 && compareRecords(promptPairShape, record, { words: first, at: 0 }) !== 0) {
      yield { promptKey: keyText(first, 0), pairs };
      pairs = [];
    }
    if (pairs.length === 0) {
      first.set(record.words.subarray(record.at, record.at + first.length));
    }
    pairs.push(readPromptPair(record));
    checkSize(pairs.length, mostPairs);
  }
  if (pairs.length > 0) {
    yield { promptKey: keyText(first, 0), pairs };
  }
}

function checkSize(pairs: number, mostPairs: number): void {
  if (pairs > mostPairs) {
    throw new DataError("DEDUPE_MEMORY", {
      message: `One prompt has more than ${mostPairs} pairs, which do not fit into memory together`,
    });
  }
}
