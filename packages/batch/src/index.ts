export { decodeSpan, lineBytes, lineText, type SpanValues, transferablesOf } from "./batch-lines.ts";
export {
  DEFAULT_BATCH_BYTES,
  DEFAULT_REPORT_TARGETS,
  type PairBatchEncoderOptions,
  type PairChecks,
} from "./encoder/encoder-options.ts";
export { KEPT_NOTES } from "./encoder/note-tally.ts";
export {
  createPairBatchEncoder,
  encodeOutcomes,
  type PairBatchEncoder,
} from "./encoder/pair-batch-encoder.ts";
export type { TextPair } from "./encoder/text-pair.ts";
export {
  type JsonStringReader,
  type JsonStringText,
  loadJsonStringReader,
} from "./kernel/json-string-reader.ts";
export { foldText } from "./keys/fold-text.ts";
export { foldUtf8Into } from "./keys/fold-utf8.ts";
export {
  concatKeys,
  createKeyHasher,
  KEY_SEEDS,
  type KeyHasher,
  keyBytes,
  keyText,
} from "./keys/key-hasher.ts";
export { createKeyTable, type KeyTable } from "./keys/key-table.ts";
export {
  addLedgers,
  type ComparisonLedger,
  type Counts,
  count,
  emptyLedgers,
  findImbalances,
  type Ledgers,
  type PairLedger,
  type RecordLedger,
  sum,
  type UnitLedger,
} from "./ledger.ts";
export { isBlankSpan, mayBeSameComposed, sameTrimmed } from "./line/byte-white-space.ts";
export { type FormatOptions, formatExample } from "./line/format-example.ts";
export type { TextSource, TextSpan } from "./line/message-writer.ts";
export type { TextParts } from "./line/pair-writer.ts";
export { sameBytes } from "./line/same-bytes.ts";
export type * from "./outcome.ts";
export {
  type GroupColumn,
  type NoteCount,
  type PairBatch,
  type RejectEntry,
  SPANS_PER_LINE,
  WORDS_PER_KEY,
} from "./pair-batch.ts";
export {
  type ObservedPairs,
  type Reducer,
  type Replacement,
  type Verdict,
  type VerdictColumn,
  verdicts,
} from "./reducer.ts";
export { selectLines } from "./select-lines.ts";
export { decodePairBatch, encodePairBatch } from "./storage/pair-batch-codec.ts";
