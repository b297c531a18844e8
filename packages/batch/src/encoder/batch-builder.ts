import type { DpoExample, TransformName } from "@dpo-kit/schema";
import type { TextKernel } from "../kernel/text-kernel.ts";
import type { KeyHasher } from "../keys/key-hasher.ts";
import { type Counts, count } from "../ledger.ts";
import { PairWriter, type TextParts } from "../line/pair-writer.ts";
import type { Provenance } from "../outcome.ts";
import { type PairBatch, SPANS_PER_LINE, WORDS_PER_KEY } from "../pair-batch.ts";
import type { ResolvedOptions } from "./encoder-options.ts";
import { GroupColumns } from "./group-columns.ts";
import { LineColumns } from "./line-columns.ts";
import { NameDictionary } from "./name-dictionary.ts";

/** What a line's columns say of it besides what is in the line. */
export interface LineFacts {
  ordinal: number;
  line: number;
  pairInRecord: number;
  acceptedBy: number;
  rule: string;
  transforms: readonly TransformName[];
  margin?: number | undefined;
  provenance?: Provenance | undefined;
}

/** What works with WebAssembly, and so takes time to load. */
export interface Engines {
  hasher: KeyHasher;
  kernel: TextKernel;
}

/** The parts of a batch that its lines fill. */
export type BuiltLines = Omit<PairBatch, "rejects" | "notes" | "noteCounts" | "ledgers">;

/** The lines, keys and columns of the batch that is being filled. A line is written, then accepted or withdrawn. */
export class BatchBuilder {
  readonly #options: ResolvedOptions;
  readonly #engines: Engines;
  readonly #lines = new LineColumns();
  readonly #rules = new NameDictionary();
  readonly #groups: GroupColumns;
  #writer: PairWriter;
  #acceptedEnd = 0;
  #transforms: Counts = new Map();
  #provenance: (Provenance | undefined)[] = [];

  constructor(engines: Engines, options: ResolvedOptions) {
    this.#engines = engines;
    this.#options = options;
    this.#groups = new GroupColumns(engines.hasher, options.groupColumns);
    this.#writer = new PairWriter(engines.kernel, options);
  }

  /** The size of the lines so far, in bytes. */
  get byteLength(): number {
    return this.#acceptedEnd;
  }

  /** Writes the line of an example. */
  writeExample(example: DpoExample): void {
    this.#writer.writeExample(example);
  }

  /** Writes the line of a pair of texts. Gives whether one of them holds `<|`. */
  writeTexts(parts: TextParts): boolean {
    this.#writer.writeTexts(parts);
    return this.#writer.holdsMark;
  }

  /** Takes back the line that was written last. */
  withdraw(): void {
    this.#writer.line.length = this.#acceptedEnd;
  }

  /** Takes the line that was written last into the batch. */
  accept(facts: LineFacts): void {
    const lines = this.#lines;
    lines.reserveLine();
    const { count: index, columns } = lines;
    this.#writeKeys(index);
    columns.sourceId[index] = this.#options.sourceId;
    columns.recordOrdinal[index] = facts.ordinal;
    columns.physicalLine[index] = facts.line;
    columns.pairInRecord[index] = facts.pairInRecord;
    columns.acceptedBy[index] = facts.acceptedBy;
    columns.rule[index] = this.#rules.numberOf(facts.rule);
    columns.margin[index] = facts.margin ?? Number.NaN;
    columns.spans.set(this.#writer.spans, index * SPANS_PER_LINE);
    this.#acceptedEnd = this.#writer.line.length;
    columns.lineEnd[index] = this.#acceptedEnd;
    lines.count += 1;
    this.#countUses(facts);
  }

  #countUses({ transforms, provenance }: LineFacts): void {
    for (const transform of transforms) {
      count(this.#transforms, transform);
    }
    this.#groups.add(provenance);
    if (this.#options.keepProvenance) {
      this.#provenance.push(provenance);
    }
  }

  #writeKeys(index: number): void {
    const writer = this.#writer;
    const { hasher } = this.#engines;
    const { columns } = this.#lines;
    const at = index * WORDS_PER_KEY;
    const line = writer.line.bytes.subarray(this.#acceptedEnd, writer.line.length - 1);
    hasher.writeKey(line, columns.lineKey, at);
    hasher.writeKey(writer.promptMaterial, columns.promptKey, at);
    hasher.writeKey(writer.preferredMaterial, columns.preferredKey, at);
    hasher.writeKey(writer.nonPreferredMaterial, columns.nonPreferredKey, at);
  }

  /** What was accepted so far, in buffers of exactly its size; the builder is empty after it. */
  take(): BuiltLines {
    const { line } = this.#writer;
    const built: BuiltLines = {
      count: this.#lines.count,
      bytes: line.copy(),
      ...this.#lines.take(),
      ruleNames: this.#rules.take(),
      groups: this.#groups.take(),
      ...(this.#options.keepProvenance ? { provenance: this.#provenance } : {}),
      transforms: this.#transforms,
    };
    this.#transforms = new Map();
    this.#provenance = [];
    this.#acceptedEnd = 0;
    line.length = 0;
    this.#shrink();
    return built;
  }

  /** One huge line must not keep its memory until the end. */
  #shrink(): void {
    const { maxBytes } = this.#options;
    if (this.#writer.capacity > 8 * maxBytes) {
      this.#writer = new PairWriter(this.#engines.kernel, this.#options);
    }
  }
}
