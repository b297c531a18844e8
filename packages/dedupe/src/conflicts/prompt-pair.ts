import { keyText, type PairBatch, WORDS_PER_KEY } from "@dpo-kit/batch";
import { readNumber, writeNumber } from "../spill/record-number.ts";
import type { RecordShape, RecordView } from "../spill/record-order.ts";

/** What is remembered of a pair to compare it with the others of its prompt. */
export interface PromptPair {
  /** Its number among all pairs, from 0. */
  readonly number: number;
  readonly preferredKey: string;
  readonly nonPreferredKey: string;
  readonly sourceId: number;
  readonly recordOrdinal: number;
  /** 0 where its source has no lines. */
  readonly physicalLine: number;
}

const PREFERRED_AT = WORDS_PER_KEY;
const NON_PREFERRED_AT = 2 * WORDS_PER_KEY;
const NUMBERS_AT = 3 * WORDS_PER_KEY;
const WORDS = NUMBERS_AT + 7;

/** A record of a pair: the prompt's key, by which it is sorted, both answers' keys, and four numbers. */
export const promptPairShape: RecordShape = { words: WORDS, keyWords: WORDS_PER_KEY };

/** Writes the record of the pair of a batch. */
export function writePromptPair(
  record: Uint32Array,
  { batch, pair, number }: { batch: PairBatch; pair: number; number: number },
): void {
  const from = pair * WORDS_PER_KEY;
  for (let word = 0; word < WORDS_PER_KEY; word += 1) {
    record[word] = batch.promptKey[from + word]!;
    record[PREFERRED_AT + word] = batch.preferredKey[from + word]!;
    record[NON_PREFERRED_AT + word] = batch.nonPreferredKey[from + word]!;
  }
  record[NUMBERS_AT] = batch.sourceId[pair]!;
  writeNumber(record, NUMBERS_AT + 1, number);
  writeNumber(record, NUMBERS_AT + 3, batch.recordOrdinal[pair]!);
  writeNumber(record, NUMBERS_AT + 5, batch.physicalLine[pair]!);
}

/** Reads what {@link writePromptPair} wrote. */
export function readPromptPair({ words, at }: RecordView): PromptPair {
  return {
    number: readNumber(words, at + NUMBERS_AT + 1),
    preferredKey: keyText(words.subarray(at + PREFERRED_AT), 0),
    nonPreferredKey: keyText(words.subarray(at + NON_PREFERRED_AT), 0),
    sourceId: words[at + NUMBERS_AT]!,
    recordOrdinal: readNumber(words, at + NUMBERS_AT + 3),
    physicalLine: readNumber(words, at + NUMBERS_AT + 5),
  };
}
