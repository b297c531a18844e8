import type { Issue } from "@dpo-kit/schema";
import { loadTextKernel } from "../kernel/text-kernel.ts";
import { createKeyHasher } from "../keys/key-hasher.ts";
import { count, emptyLedgers, type Ledgers, type UnitLedger } from "../ledger.ts";
import type {
  DroppedComparison,
  OriginalRecord,
  Outcome,
  Pair,
  PairsOutcome,
  Provenance,
} from "../outcome.ts";
import type { PairBatch } from "../pair-batch.ts";
import { BatchBuilder, type Engines } from "./batch-builder.ts";
import { type PairBatchEncoderOptions, type ResolvedOptions, resolveOptions } from "./encoder-options.ts";
import { NoteTally } from "./note-tally.ts";
import { withRecordFields } from "./record-fields.ts";
import { RejectList } from "./reject-list.ts";
import { exampleOfTexts, outcomeOfTexts, type TextPair } from "./text-pair.ts";

/** Turns outcomes into batches of canonical lines, and accounts for all of them. */
export interface PairBatchEncoder {
  /**
   * Takes what a converter says of one record: checks its pairs, writes their lines, counts in the ledgers
   * of records, comparisons and pairs. A malformed unit is no record: only its reject is kept.
   */
  add(outcome: Outcome): void;
  /** Takes a record that is one pair of plain texts, with the same result as {@link add}, faster. */
  addTextPair(pair: TextPair): void;
  /** Counts units (rows, documents). Nothing else counts them. */
  addUnits(units: Partial<UnitLedger>): void;
  /**
   * Whether the batch has reached its size. Then {@link flush}, as often as it is true: a record may have
   * more pairs than fit into one batch.
   */
  readonly full: boolean;
  /** The batch so far, perhaps empty, in buffers of exactly its size. */
  flush(): PairBatch;
}

/**
 * Makes an encoder. One encoder is for one source, and for one thread.
 *
 * Its ledgers balance over all its batches; where a record's pairs fill several batches, over these together.
 */
export async function createPairBatchEncoder(
  options: PairBatchEncoderOptions = {},
): Promise<PairBatchEncoder> {
  const [hasher, kernel] = await Promise.all([createKeyHasher(), loadTextKernel()]);
  return new Encoder({ hasher, kernel }, resolveOptions(options));
}

/** The batches of many outcomes, each about as large as the encoder's `maxBytes`; the last may be empty. */
export async function* encodeOutcomes(
  outcomes: AsyncIterable<Outcome> | Iterable<Outcome>,
  encoder: PairBatchEncoder,
): AsyncGenerator<PairBatch> {
  for await (const outcome of outcomes) {
    encoder.add(outcome);
    while (encoder.full) {
      yield encoder.flush();
    }
  }
  yield encoder.flush();
}

/** A record whose pairs are being written. */
interface RecordInWork {
  outcome: PairsOutcome;
  /** The index of the next of its pairs. */
  next: number;
  written: number;
  /** What is wrong with its comparisons. */
  problems: Issue[];
}

class Encoder implements PairBatchEncoder {
  readonly #options: ResolvedOptions;
  readonly #builder: BatchBuilder;
  readonly #notes: NoteTally;
  readonly #rejects = new RejectList();
  readonly #inWork: RecordInWork[] = [];
  /** Of plain texts without and with a system text the targets that take them; -1 where there is more to say. */
  readonly #acceptedByShape = new Map<boolean, number>();
  #ledgers: Ledgers = emptyLedgers();

  constructor(engines: Engines, options: ResolvedOptions) {
    this.#options = options;
    this.#notes = new NoteTally(options.keptNotes);
    this.#builder = new BatchBuilder(engines, options);
  }

  get full(): boolean {
    return this.#hasReachedSize || this.#inWork.length > 0;
  }

  get #hasReachedSize(): boolean {
    const { maxBytes } = this.#options;
    return this.#builder.byteLength >= maxBytes || this.#rejects.bytes >= maxBytes;
  }

  addUnits(units: Partial<UnitLedger>): void {
    for (const [name, by] of Object.entries(units)) {
      this.#ledgers.units[name as keyof UnitLedger] += by;
    }
  }

  add(outcome: Outcome): void {
    const { records } = this.#ledgers;
    const dropped = outcome.dropped ?? [];
    this.#countDropped(dropped);
    if (outcome.kind === "rejected") {
      if (outcome.malformed !== true) {
        records.total += 1;
        count(records.rejected, outcome.issues[0]!.code);
      }
      this.#rejects.add(outcome);
      return;
    }
    records.total += 1;
    const problems = dropped.flatMap((comparison) => comparison.issues ?? []);
    if (outcome.kind === "skipped") {
      count(records.skipped, outcome.reason);
      this.#note(problems);
    } else {
      this.#ledgers.comparisons.considered += outcome.pairs.length;
      this.#note(outcome.notes ?? []);
      this.#inWork.push({ outcome, next: 0, written: 0, problems });
      this.#work();
    }
  }

  addTextPair(pair: TextPair): void {
    const acceptedBy = this.#acceptedByShapeOf(pair);
    if (acceptedBy === -1 || this.#inWork.length > 0) {
      this.add(outcomeOfTexts(pair));
      return;
    }
    const mayHoldReservedToken = this.#builder.writeTexts(pair);
    if (mayHoldReservedToken) {
      this.#builder.withdraw();
      this.add(outcomeOfTexts(pair));
      return;
    }
    const { records, comparisons } = this.#ledgers;
    records.total += 1;
    records.converted += 1;
    comparisons.considered += 1;
    const { ordinal, line, rule, transforms, margin } = pair;
    this.#builder.accept({
      ordinal,
      line,
      rule,
      transforms,
      margin,
      provenance: this.#provenanceOf(pair, this.#needsRecord ? pair.record?.() : undefined),
      acceptedBy,
      pairInRecord: 0,
    });
    this.#countPair();
  }

  flush(): PairBatch {
    const batch: PairBatch = {
      ...this.#builder.take(),
      rejects: this.#rejects.take(),
      ...this.#notes.take(),
      ledgers: this.#ledgers,
    };
    this.#ledgers = emptyLedgers();
    this.#work();
    return batch;
  }

  #countDropped(dropped: readonly DroppedComparison[]): void {
    const { comparisons } = this.#ledgers;
    comparisons.considered += dropped.length;
    for (const { reason } of dropped) {
      count(comparisons.dropped, reason);
    }
  }

  #countPair(): void {
    this.#ledgers.comparisons.pairs += 1;
    this.#ledgers.pairs.total += 1;
  }

  #note(issues: readonly Issue[]): void {
    for (const issue of issues) {
      this.#notes.add(issue);
    }
  }

  /** Writes the pairs of the records in work, until the batch is full or none is left. */
  #work(): void {
    for (let record = this.#inWork[0]; record !== undefined; record = this.#inWork[0]) {
      const { pairs } = record.outcome;
      while (record.next < pairs.length) {
        if (this.#hasReachedSize) {
          return;
        }
        this.#addPair(pairs[record.next]!, record);
        record.next += 1;
      }
      this.#inWork.shift();
      this.#endRecord(record);
    }
  }

  #addPair(pair: Pair, record: RecordInWork): void {
    const { at } = record.outcome;
    const { checks, targets, reportTargets } = this.#options;
    const issues = checks.validate(pair.example, { targets, location: at });
    if (issues.some(isError)) {
      count(this.#ledgers.comparisons.dropped, "invalid");
      for (const issue of issues) {
        record.problems.push(issue);
      }
      return;
    }
    this.#builder.writeExample(pair.example);
    this.#note(issues);
    // Field by field: a spread costs as much as checking the pair.
    const { rule, transforms, margin } = pair;
    this.#builder.accept({
      rule,
      transforms,
      margin,
      provenance: this.#provenanceOf(pair, record.outcome.record),
      ordinal: at.ordinal ?? 0,
      line: at.line ?? 0,
      pairInRecord: record.next,
      acceptedBy: checks.acceptedBy(pair.example, reportTargets),
    });
    this.#countPair();
    record.written += 1;
  }

  /** To make the record of a pair of texts takes time. */
  get #needsRecord(): boolean {
    return this.#options.groupColumns.length > 0;
  }

  #provenanceOf(
    { provenance }: { readonly provenance?: Provenance | undefined },
    record: OriginalRecord | undefined,
  ): Provenance | undefined {
    return withRecordFields(provenance, record, this.#options.groupColumns);
  }

  #endRecord({ outcome, written, problems }: RecordInWork): void {
    const { records } = this.#ledgers;
    const firstError = problems.find(isError);
    if (written > 0) {
      records.converted += 1;
    } else if (firstError === undefined) {
      count(records.skipped, outcome.dropped[0]?.reason ?? "no-candidates");
    } else {
      count(records.rejected, firstError.code);
    }
    if (firstError === undefined) {
      this.#note(problems);
    } else {
      this.#rejects.add({ ...outcome, issues: problems });
    }
  }

  #acceptedByShapeOf({ system }: TextPair): number {
    const hasSystem = system !== undefined;
    let accepted = this.#acceptedByShape.get(hasSystem);
    if (accepted === undefined) {
      accepted = this.#acceptedOf(hasSystem);
      this.#acceptedByShape.set(hasSystem, accepted);
    }
    return accepted;
  }

  /** What targets say of plain texts depends on nothing but the shape, save what the writer looks out for. */
  #acceptedOf(hasSystem: boolean): number {
    const { checks, targets, reportTargets } = this.#options;
    const texts = { prompt: "a question", preferred: "an answer", nonPreferred: "another answer" };
    const example = exampleOfTexts({ ...texts, system: hasSystem ? "an instruction" : undefined });
    const issues = checks.validate(example, { targets, location: { source: "" } });
    return issues.length > 0 ? -1 : checks.acceptedBy(example, reportTargets);
  }
}

function isError(issue: Issue): boolean {
  return issue.severity === "error";
}
