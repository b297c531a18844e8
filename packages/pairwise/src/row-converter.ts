import type { DroppedComparison, Outcome } from "@dpo-kit/batch";
import { combineMadePairs, type MadePairs, makePairs, outcomeOf, type PairPolicy } from "@dpo-kit/preference";
import { createIssue, DataError, type Issue, type JsonObject } from "@dpo-kit/schema";
import { detectPairwise, shapeById } from "./detect-pairwise.ts";
import type { ClaimedShape, PairwiseDetection } from "./pairwise-detection.ts";
import type { PairwiseConvertOptions } from "./pairwise-options.ts";
import { isMalformed, type PairwiseRow } from "./pairwise-row.ts";
import { RowReader } from "./row-reader.ts";
import { kindOf } from "./row-sample.ts";
import { scoreNotes } from "./score-notes.ts";
import type { PairwiseShape, RowContext, RowGatherer, RowReading } from "./shape.ts";
import { unpackRow } from "./unpack-row.ts";

/** A shape and its claim on the rows that are read by it. */
interface Reader {
  shape: PairwiseShape;
  claim: ClaimedShape;
}

/** The parts of a pair that rows without preferences have too. */
const contextRoles: ReadonlySet<string> = new Set([
  "prompt",
  "other prompt",
  "repeated prompt",
  "input",
  "messages",
  "system",
  "tools",
  "media",
]);

const KEPT_LAYOUTS = 1_000;

/** Converts the rows of one source by what was detected. */
export class RowConverter {
  readonly #options: PairwiseConvertOptions;
  readonly #chosen: Reader | undefined;
  readonly #partPolicy: PairPolicy;
  /** What rows of other layouts are read by; null: no explicit shape claims them. */
  readonly #others = new Map<string, Reader | null>();
  #rows = 0;
  #withPreferences = 0;

  constructor({ chosen }: PairwiseDetection, options: PairwiseConvertOptions) {
    this.#options = options;
    this.#chosen = chosen && { shape: shapeById(chosen.id), claim: chosen };
    const { maxPairsPerRecord: _, ...partPolicy } = options.policy ?? {};
    this.#partPolicy = partPolicy;
  }

  /** How rows are gathered, if the shape spreads comparisons over rows. */
  get gather(): RowGatherer | undefined {
    return this.#chosen?.shape.gather;
  }

  /** The key of a row that is to be gathered; undefined where it has none. */
  keyOf(row: PairwiseRow): string | undefined {
    const object = objectOf(row);
    if (object === undefined || this.#chosen === undefined || isMalformed(row)) {
      return undefined;
    }
    return this.#chosen.shape.gather!.key(object, this.#context(row, this.#chosen));
  }

  /** What comes of the rows of one key. */
  convertGroup(rows: readonly PairwiseRow[]): Outcome {
    const [first] = rows;
    const context = this.#context(first!, this.#chosen!);
    const objects = rows.map((row) => objectOf(row)!);
    const bytes = rows.reduce((total, row) => total + row.bytes, 0);
    const reading = this.#chosen!.shape.gather!.combine(objects, context);
    this.#count(this.#chosen!.shape);
    return this.#outcome(reading, context, { at: first!.at, value: objects, bytes });
  }

  /** What comes of one row. */
  convert(row: PairwiseRow): Outcome {
    const object = objectOf(row);
    if (object === undefined || isMalformed(row)) {
      this.#rows += 1;
      this.#withPreferences += 1;
      return undecoded(row);
    }
    for (const reader of this.#readersOf(object)) {
      const context = this.#context(row, reader);
      const reading = reader.shape.compare(object, context);
      if (!("unfit" in reading)) {
        this.#count(reader.shape);
        return this.#outcome(reading, context, row);
      }
    }
    this.#count(undefined);
    return rejected(row, [unknownRow(object, row)]);
  }

  /**
   * Where every row is of a shape that holds no preferences, says so.
   * @throws RUN_NO_PREFERENCES
   */
  refuseIfNoPreferences(): void {
    const { shape, claim } = this.#chosen ?? {};
    if (shape?.family === "N" && this.#rows > 0 && this.#withPreferences === 0) {
      throw new DataError("RUN_NO_PREFERENCES", {
        message: `The input holds no preferences: ${claim!.why}`,
        hint: claim!.advice ?? "Look at it with `dpo inspect`.",
      });
    }
  }

  /** Whether the user said how rows are to be read: then none is read in another way. */
  get #isSettled(): boolean {
    const { from, columns } = this.#options;
    return from !== undefined || columns?.preferred != null || columns?.nonPreferred != null;
  }

  #count(shape: PairwiseShape | undefined): void {
    this.#rows += 1;
    this.#withPreferences += shape?.family === "N" ? 0 : 1;
  }

  #context(row: PairwiseRow, { claim }: Reader): RowContext {
    return { at: row.at, claim, options: this.#options, reader: new RowReader(row.at) };
  }

  /** The chosen shape, then the one that the row has when it is looked at by itself. */
  *#readersOf(row: JsonObject): Generator<Reader> {
    if (
      this.#chosen !== undefined &&
      this.#chosen.shape.gather === undefined &&
      this.#chosen.shape.family !== "N"
    ) {
      yield this.#chosen;
    }
    const other = this.#isSettled ? undefined : this.#otherReaderOf(row);
    if (other !== undefined) {
      yield other;
    }
    if (this.#chosen?.shape.family === "N") {
      yield this.#chosen;
    }
  }

  /** Rows of the same columns and kinds of values are looked at once. */
  #otherReaderOf(row: JsonObject): Reader | undefined {
    const layout = layoutOf(row);
    const known = this.#others.get(layout);
    if (known !== undefined) {
      return known ?? undefined;
    }
    const found = this.#readerOf(row);
    if (this.#others.size < KEPT_LAYOUTS) {
      this.#others.set(layout, found ?? null);
    }
    return found;
  }

  #readerOf(row: JsonObject): Reader | undefined {
    const { columns: _columns, from: _from, ...options } = this.#options;
    const { chosen, alternatives } = detectPairwise([row], options);
    const claims = chosen === undefined ? [] : [chosen, ...alternatives];
    const readers = claims.map((claim) => ({ claim, shape: shapeById(claim.id) }));
    const found = readers.find(
      ({ claim, shape }) => shape.standsAlone === true && claim.needsFlag === undefined,
    );
    // A row that holds one of the answers is no row without preferences: the other answer is missing.
    return found?.shape.family === "N" && this.#hasAnswer(row) ? undefined : found;
  }

  #hasAnswer(row: JsonObject): boolean {
    const answers = (this.#chosen?.claim.mapping ?? []).filter(({ role }) => !contextRoles.has(role));
    return answers.some(({ column }) => Object.hasOwn(row, column));
  }

  #outcome(reading: RowReading, context: RowContext, row: PairwiseRow): Outcome {
    const { reader } = context;
    if ("rejected" in reading || reader.issues.length > 0) {
      return rejected(row, [...reader.issues, ...("rejected" in reading ? reading.rejected : [])]);
    }
    if ("skipped" in reading) {
      for (const example of reading.unpaired ?? []) {
        this.#options.onUnpaired?.(example);
      }
      return { kind: "skipped", at: row.at, reason: reading.skipped };
    }
    if ("unfit" in reading) {
      return { kind: "skipped", at: row.at, reason: "no-candidates" };
    }
    const { comparisons, dropped = [], paths } = reading;
    const parts = comparisons.map((comparison) =>
      makePairs(
        { ...comparison, transforms: [...(comparison.transforms ?? []), ...reader.transforms] },
        { at: row.at, policy: this.#partPolicy, paths },
      ),
    );
    const made = combineMadePairs([...parts, onlyDropped(dropped)], this.#options.policy ?? {});
    const outcome = outcomeOf(made, { at: row.at, record: recordOf(row) });
    const notes = [...reader.notes, ...scoreNotes(made.pairs, context)];
    return outcome.kind === "pairs" && notes.length > 0 ? { ...outcome, notes } : outcome;
  }
}

function onlyDropped(dropped: readonly DroppedComparison[]): MadePairs {
  const issues = dropped.flatMap((each) => each.issues ?? []);
  return { considered: dropped.length, pairs: [], dropped, issues };
}

function objectOf({ value }: PairwiseRow): JsonObject | undefined {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? unpackRow(value) : undefined;
}

/** What tells rows of one shape from those of another: the names of their columns and the kinds of the values. */
function layoutOf(row: JsonObject): string {
  return JSON.stringify(Object.keys(row).map((name) => [name, kindOf(row[name])]));
}

function recordOf({ value = null, bytes }: PairwiseRow): {
  value: NonNullable<PairwiseRow["value"]> | null;
  bytes: number;
} {
  return { value, bytes };
}

function rejected(row: PairwiseRow, issues: readonly Issue[]): Outcome {
  return { kind: "rejected", at: row.at, issues, record: recordOf(row) };
}

function undecoded(row: PairwiseRow): Outcome {
  if (isMalformed(row)) {
    return { kind: "rejected", at: row.at, issues: row.issues!, malformed: true, record: recordOf(row) };
  }
  const issue = createIssue("PAIRWISE_ROW_NOT_OBJECT", {
    location: row.at,
    expected: "an object",
    found: row.value,
  });
  return rejected(row, [issue]);
}

function unknownRow(row: JsonObject, { at }: PairwiseRow): Issue {
  return createIssue("PAIRWISE_ROW_UNKNOWN", {
    location: at,
    found: `the columns ${Object.keys(row).join(", ")}`,
  });
}
