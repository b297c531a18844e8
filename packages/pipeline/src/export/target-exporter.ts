import { count, createKeyHasher, createKeyTable, type KeyHasher, WORDS_PER_KEY } from "@dpo-kit/batch";
import {
  ExportNotes,
  type ExportOptions,
  type ExportTarget,
  exportExample,
  formatRow,
} from "@dpo-kit/export";
import type { DpoExample, JsonObject } from "@dpo-kit/schema";
import type { ExportLedger } from "./export-result.ts";

/** A row and its JSON, without an end of line. */
export interface WrittenRow {
  readonly row: JsonObject;
  readonly text: string;
}

/** How rows of a target are made. */
export interface TargetExporterOptions extends ExportOptions {
  /** Whether rows are to go into tables. */
  readonly asTable?: boolean;
}

/** Makes the rows of one target, and counts where each example went. */
export class TargetExporter {
  readonly target: ExportTarget;
  readonly ledger: ExportLedger = {
    examples: 0,
    written: 0,
    rows: 0,
    leftOut: new Map(),
    losses: new Map(),
  };
  readonly #options: TargetExporterOptions;
  readonly #repeats: RepeatedRows | undefined;

  static async create(target: ExportTarget, options: TargetExporterOptions = {}): Promise<TargetExporter> {
    const isWithoutRepeats = target.isWithoutRepeats === true;
    return new TargetExporter(target, options, isWithoutRepeats ? await createKeyHasher() : undefined);
  }

  private constructor(target: ExportTarget, options: TargetExporterOptions, hasher: KeyHasher | undefined) {
    this.target = target;
    this.#options = options;
    this.#repeats = hasher === undefined ? undefined : new RepeatedRows(hasher);
  }

  /** The rows of an example for one of the files; none where it is left out. */
  export(example: DpoExample, file: number): WrittenRow[] {
    this.ledger.examples += 1;
    const exported = exportExample(example, this.target, this.#options);
    if (exported.kind === "left-out") {
      count(this.ledger.leftOut, exported.reason);
      return [];
    }
    const notes = new ExportNotes();
    const rows = exported.rows.map((row) => this.#written(row, notes));
    const kept = rows.filter(({ text }) => this.#repeats?.isKnown(text, file) !== true);
    if (kept.length === 0) {
      count(this.ledger.leftOut, "EXPORT_OMITS_REPEATED");
      return [];
    }
    for (const code of new Set([...exported.losses, ...notes.losses])) {
      count(this.ledger.losses, code);
    }
    this.ledger.written += 1;
    this.ledger.rows += kept.length;
    return kept;
  }

  #written(given: JsonObject, notes: ExportNotes): WrittenRow {
    const { asTable = false } = this.#options;
    const row = asTable ? (this.target.tableRow?.(given, notes) ?? given) : given;
    return { row, text: formatRow(row) };
  }
}

/** Remembers rows by a hash of 128 bits, up to 256 MB; of more than fit later repeats stay in. */
class RepeatedRows {
  readonly #hasher: KeyHasher;
  readonly #known = createKeyTable();
  readonly #key = new Uint32Array(WORDS_PER_KEY);

  constructor(hasher: KeyHasher) {
    this.#hasher = hasher;
  }

  isKnown(text: string, file: number): boolean {
    this.#hasher.writeKey(utf8.encode(`${file} ${text}`), this.#key, 0);
    return this.#known.add(this.#key, 0, 0) !== -1;
  }
}

const utf8 = new TextEncoder();
