/** Counts by name. Made with `Object.create(null)`-like care: a name may be `__proto__`. */
export type Counts = Map<string, number>;

/**
 * Where everything went. Each of the four ledgers balances: its total equals the sum of the rest.
 * A run whose ledgers do not balance fails.
 */
export interface Ledgers {
  /** Rows, documents, sidecar entries. */
  units: UnitLedger;
  records: RecordLedger;
  comparisons: ComparisonLedger;
  pairs: PairLedger;
}

/** read = blank + malformed + intoRecords + unjoined + notRead */
export interface UnitLedger {
  read: number;
  /** Empty lines between records. */
  blank: number;
  /** Units that could not be decoded. Each has an entry in the rejects file. */
  malformed: number;
  /** Units that became part of a record. */
  intoRecords: number;
  /** Sidecar entries for which no record was found. */
  unjoined: number;
  /** Units left unread because of a limit. */
  notRead: number;
}

/** total = converted + skipped by reason + rejected by code */
export interface RecordLedger {
  total: number;
  /** Records that gave at least one pair. */
  converted: number;
  skipped: Counts;
  rejected: Counts;
}

/** considered = pairs + dropped by reason */
export interface ComparisonLedger {
  considered: number;
  pairs: number;
  dropped: Counts;
}

/** total = written per file + duplicate + conflict + filtered by reason + heldOut + sampledOut */
export interface PairLedger {
  total: number;
  written: Counts;
  duplicate: number;
  conflict: number;
  filtered: Counts;
  heldOut: number;
  sampledOut: number;
}

/** Ledgers in which nothing has been counted. */
export function emptyLedgers(): Ledgers {
  return {
    units: { read: 0, blank: 0, malformed: 0, intoRecords: 0, unjoined: 0, notRead: 0 },
    records: { total: 0, converted: 0, skipped: new Map(), rejected: new Map() },
    comparisons: { considered: 0, pairs: 0, dropped: new Map() },
    pairs: {
      total: 0,
      written: new Map(),
      duplicate: 0,
      conflict: 0,
      filtered: new Map(),
      heldOut: 0,
      sampledOut: 0,
    },
  };
}

/** Counts one more (or `by` more) under a name. */
export function count(counts: Counts, name: string, by = 1): void {
  counts.set(name, (counts.get(name) ?? 0) + by);
}

/** The sum of all counts. */
export function sum(counts: Counts): number {
  let total = 0;
  for (const value of counts.values()) {
    total += value;
  }
  return total;
}

/** Adds what `more` counted to `ledgers`, in place. */
export function addLedgers(ledgers: Ledgers, more: Ledgers): void {
  addFields(ledgers.units, more.units);
  addFields(ledgers.records, more.records);
  addFields(ledgers.comparisons, more.comparisons);
  addFields(ledgers.pairs, more.pairs);
}

function addFields<T extends object>(into: T, from: T): void {
  for (const key of Object.keys(from) as (keyof T)[]) {
    const value = from[key];
    if (value instanceof Map) {
      for (const [name, by] of value as Counts) {
        count(into[key] as Counts, name, by);
      }
    } else {
      (into[key] as number) += value as number;
    }
  }
}

/** One sentence for each ledger that does not balance; none when all is accounted for. */
export function findImbalances(ledgers: Ledgers): string[] {
  const { units, records, comparisons, pairs } = ledgers;
  const checks: [string, number, number][] = [
    ["units", units.read, units.blank + units.malformed + units.intoRecords + units.unjoined + units.notRead],
    ["records", records.total, records.converted + sum(records.skipped) + sum(records.rejected)],
    ["comparisons", comparisons.considered, comparisons.pairs + sum(comparisons.dropped)],
    [
      "pairs",
      pairs.total,
      sum(pairs.written) +
        pairs.duplicate +
        pairs.conflict +
        sum(pairs.filtered) +
        pairs.heldOut +
        pairs.sampledOut,
    ],
    ["pairs of comparisons", pairs.total, comparisons.pairs],
  ];
  return checks
    .filter(([, total, accounted]) => total !== accounted)
    .map(([name, total, accounted]) => `${name}: ${total} read, ${accounted} accounted for`);
}
