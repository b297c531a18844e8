import {
  addLedgers,
  type Counts,
  count,
  emptyLedgers,
  type Ledgers,
  type NoteCount,
  type PairBatch,
  type PairLedger,
  verdicts,
} from "@dpo-kit/batch";
import { codeDefinition, type Issue, type IssueCode, type Severity, type TargetId } from "@dpo-kit/schema";
import type { CodeCount, IssueReport } from "./conversion-result.ts";
import type { DecidedBatch } from "./decided-batch.ts";

/** How many issues of one code and severity a report keeps in full; all are counted. */
export const REPORTED_PER_CODE = 20;

/** Counts issues and keeps the first of them, in constant memory. */
export interface IssueTally {
  add(issue: Issue): void;
  /** Adds issues of which only the first are there, and how many there are of each code. */
  addNotes(first: readonly Issue[], counts: readonly NoteCount[]): void;
  report(): IssueReport;
}

/** A tally in which nothing has been counted. */
export function createIssueTally(): IssueTally {
  const counts = new Map<string, { code: IssueCode; severity: Severity; count: number; kept: number }>();
  const first: Issue[] = [];

  function entryOf(code: IssueCode, severity: Severity): { count: number; kept: number } {
    const key = `${severity} ${code}`;
    let entry = counts.get(key);
    if (entry === undefined) {
      entry = { code, severity, count: 0, kept: 0 };
      counts.set(key, entry);
    }
    return entry;
  }

  function keep(issue: Issue): void {
    const entry = entryOf(issue.code, issue.severity);
    if (entry.kept < REPORTED_PER_CODE) {
      entry.kept += 1;
      first.push(issue);
    }
  }

  return {
    add(issue) {
      entryOf(issue.code, issue.severity).count += 1;
      keep(issue);
    },
    addNotes(notes, noteCounts) {
      for (const { code, severity, count: by } of noteCounts) {
        entryOf(code, severity).count += by;
      }
      notes.forEach(keep);
    },
    report() {
      const byCode: CodeCount[] = [...counts.values()].map(({ code, severity, count: number }) => ({
        code,
        severity,
        title: codeDefinition(code).title,
        count: number,
      }));
      return { byCode: byCode.sort(bySeverityAndCount), first };
    },
  };
}

const severityOrder: readonly Severity[] = ["error", "warning", "info"];

function bySeverityAndCount(one: CodeCount, other: CodeCount): number {
  return (
    severityOrder.indexOf(one.severity) - severityOrder.indexOf(other.severity) ||
    other.count - one.count ||
    (one.code < other.code ? -1 : 1)
  );
}

/** What a run has counted so far. */
export interface RunTally {
  readonly ledgers: Ledgers;
  readonly transforms: Counts;
  readonly issues: IssueTally;
  /** Of each reported target the written lines it takes. */
  readonly accepted: readonly number[];
  /** Entries for the rejects file. */
  readonly rejects: number;
  /** Counts what a batch brings, before any reducer has seen it. */
  addBatch(batch: PairBatch): void;
  /** Counts what becomes of its pairs. */
  addDecided(decided: DecidedBatch): void;
}

/** Counts what the batches of a run bring. `outputs` are the names of the files of lines by their number. */
export function createRunTally(reportTargets: readonly TargetId[], outputs: readonly string[]): RunTally {
  const ledgers = emptyLedgers();
  for (const name of outputs.length > 1 ? outputs : []) {
    count(ledgers.pairs.written, name, 0);
  }
  const transforms: Counts = new Map();
  const issues = createIssueTally();
  const accepted = reportTargets.map(() => 0);
  let rejects = 0;
  return {
    ledgers,
    transforms,
    issues,
    accepted,
    get rejects() {
      return rejects;
    },
    addBatch(batch) {
      addLedgers(ledgers, batch.ledgers);
      addCounts(transforms, batch.transforms);
      for (const reject of batch.rejects) {
        reject.issues.forEach(issues.add);
      }
      issues.addNotes(batch.notes, batch.noteCounts);
      rejects += batch.rejects.length;
    },
    addDecided(decided) {
      for (let pair = 0; pair < decided.batch.count; pair += 1) {
        countVerdict(ledgers.pairs, decided, pair, outputs);
        if (decided.verdict[pair] === verdicts.keep) {
          countAccepted(accepted, decided.batch.acceptedBy[pair]!);
        }
      }
    },
  };
}

function addCounts(into: Counts, from: Counts): void {
  for (const [name, by] of from) {
    count(into, name, by);
  }
}

function countAccepted(accepted: number[], mask: number): void {
  for (let target = 0; target < accepted.length; target += 1) {
    accepted[target]! += (mask >> target) & 1;
  }
}

function countVerdict(
  ledger: PairLedger,
  { verdict, output, removals }: DecidedBatch,
  pair: number,
  outputs: readonly string[],
): void {
  switch (verdict[pair]) {
    case verdicts.keep:
      count(ledger.written, outputs[output[pair]!]!);
      return;
    case verdicts.filtered:
      count(ledger.filtered, removals.get(pair)?.reason ?? "filtered");
      return;
    case verdicts.duplicate:
      ledger.duplicate += 1;
      return;
    case verdicts.conflict:
      ledger.conflict += 1;
      return;
    case verdicts.heldOut:
      ledger.heldOut += 1;
      return;
    default:
      ledger.sampledOut += 1;
  }
}
