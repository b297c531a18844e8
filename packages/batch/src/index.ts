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
export type * from "./outcome.ts";
export {
  type GroupColumn,
  type PairBatch,
  type RejectEntry,
  SPANS_PER_LINE,
  WORDS_PER_KEY,
} from "./pair-batch.ts";
export { type Reducer, type Verdict, type VerdictColumn, verdicts } from "./reducer.ts";
