import type { OriginalRecord } from "@dpo-kit/batch";
import { findInvalidUtf8 } from "@dpo-kit/io";
import type { JsonValue, Location } from "@dpo-kit/schema";
import { cellText, unescapeCell } from "./cell-text.ts";
import { positionOf } from "./position.ts";
import { fieldKinds, RecordBlock, type RecordProblem } from "./record-block.ts";
import { SHOWN_BYTES } from "./syntax.ts";

/** UTF-8 that lies in `bytes` from `start` to `end`. */
export interface ByteSpan {
  bytes: Uint8Array;
  start: number;
  end: number;
}

/** What is the same for all records of a source. */
export interface CursorOptions {
  readonly header: readonly string[];
  /** The ASCII code of the quote, or -1. */
  readonly quote: number;
  /** The name of the source. */
  readonly source: string;
}

/** One record of a block after the other: its cells as text or bytes, and where they stand. */
export class RecordCursor {
  readonly header: readonly string[];
  /** The record's place among the records of the source, from 0. */
  ordinal = -1;
  private readonly quote: number;
  private readonly source: string;
  private readonly names: readonly string[];
  private block: RecordBlock = new RecordBlock();
  private index = 0;
  /** The first byte of the block that is no UTF-8; the length of the block if all is. */
  private firstInvalid = 0;
  private readonly scratch: Uint8Array[] = [];

  constructor(options: CursorOptions) {
    this.header = options.header;
    this.quote = options.quote;
    this.source = options.source;
    this.names = distinctNames(options.header);
  }

  /** Takes a block whose records are asked for next. */
  open(block: RecordBlock): void {
    this.block = block;
    const last = block.recordCount - 1;
    const invalid =
      last < 0 ? -1 : findInvalidUtf8(block.bytes, block.recordStart[0]!, block.recordEnd[last]!);
    this.firstInvalid = invalid === -1 ? block.bytes.length : invalid;
  }

  /** Goes to a record of the block; the next one in the source. */
  moveTo(index: number): void {
    this.index = index;
    this.ordinal += 1;
  }

  /** The physical line the record begins at. */
  get line(): number {
    return this.block.recordLine[this.index]!;
  }

  get fieldCount(): number {
    return this.block.fieldCount[this.index]!;
  }

  /** What keeps the text from being a record, if anything does. */
  get problem(): RecordProblem | undefined {
    return this.block.problems.size === 0 ? undefined : this.block.problems.get(this.index);
  }

  /** Whether it is a record: as many fields as the header, all of it UTF-8. */
  get isSound(): boolean {
    const isWhole = this.problem === undefined && this.fieldCount === this.header.length;
    return isWhole && this.invalidByte === -1;
  }

  /** Where the record is. */
  get location(): Location {
    const { block, index, source, ordinal } = this;
    return { source, ordinal, line: block.recordLine[index]!, byteOffset: block.recordOffset[index]! };
  }

  /** The first byte of the record that is no UTF-8, as an offset from the record's first byte, or -1. */
  get invalidByte(): number {
    const start = this.block.recordStart[this.index]!;
    const end = this.block.recordEnd[this.index]!;
    const invalid = end <= this.firstInvalid ? -1 : findInvalidUtf8(this.block.bytes, start, end);
    return invalid === -1 ? -1 : invalid - start;
  }

  /** The text of a cell. */
  text(column: number): string {
    return cellText(this.block, this.block.firstField[this.index]! + column, this.quote);
  }

  /** The text of a cell as bytes; they are valid until the same `slot` is used again, or the next block. */
  bytesOf(column: number, slot: number): ByteSpan {
    const { block } = this;
    const field = block.firstField[this.index]! + column;
    const span = { bytes: block.bytes, start: block.fieldStart[field]!, end: block.fieldEnd[field]! };
    if (block.fieldKind[field] !== fieldKinds.quotedWithQuotes) {
      return span;
    }
    const bytes = this.scratchFor(slot, span.end - span.start);
    return { bytes, start: 0, end: unescapeCell(span, bytes, this.quote) };
  }

  /** Where a cell begins, its quote included. */
  cellLocation(column: number): Location {
    const { block, index } = this;
    const field = block.firstField[index]! + column;
    const quoted = block.fieldKind[field] === fieldKinds.plain ? 0 : 1;
    const location = this.locationAt(block.fieldStart[field]! - quoted - block.recordStart[index]!);
    return { ...location, path: this.header[column] ?? `column ${column + 1}` };
  }

  /** The place of a byte of the record, given as an offset from its first. */
  locationAt(offset: number): Location {
    const { block, index, source, ordinal } = this;
    const start = block.recordStart[index]!;
    const place = positionOf(block.bytes, start + offset, { start, line: this.line });
    return { source, ordinal, ...place, byteOffset: block.recordOffset[index]! + offset };
  }

  /** The column a byte of the record lies in, given as an offset from its first. */
  columnAt(offset: number): string | undefined {
    const { block, index } = this;
    const at = block.recordStart[index]! + offset;
    const first = block.firstField[index]!;
    for (let column = 0; column < this.fieldCount && column < this.header.length; column += 1) {
      if (at < block.fieldEnd[first + column]!) {
        return this.header[column];
      }
    }
    return undefined;
  }

  /** How many bytes the record has, its line end not included. */
  get length(): number {
    return this.problem?.bytes ?? this.block.recordEnd[this.index]! - this.block.recordStart[this.index]!;
  }

  /** A stretch of the record as it is written, from an offset on; bytes that are no UTF-8 become U+FFFD. */
  rawText(offset: number, length: number): string {
    const { block, index } = this;
    const start = block.recordStart[index]!;
    const end = Math.min(start + offset + length, block.recordEnd[index]!, start + SHOWN_BYTES);
    return utf8.decode(block.bytes.subarray(start + offset, Math.max(start + offset, end)));
  }

  /** The record as an object of its columns, as the rejects file shows it. */
  original(): OriginalRecord {
    const cells = this.names.map((name, column): [string, JsonValue] => [name, this.text(column)]);
    return { value: Object.fromEntries(cells), bytes: this.length };
  }

  /** The beginning of a record that cannot be read, as it is written. */
  originalText(): OriginalRecord {
    return { value: this.rawText(0, SHOWN_BYTES), bytes: this.length };
  }

  private scratchFor(slot: number, size: number): Uint8Array {
    const known = this.scratch[slot];
    if (known !== undefined && known.length >= size) {
      return known;
    }
    const larger = new Uint8Array(Math.max(size, 4096));
    this.scratch[slot] = larger;
    return larger;
  }
}

const utf8 = new TextDecoder("utf-8", { ignoreBOM: true });

/** The names with a number behind those that were there before, so that no column hides another. */
function distinctNames(names: readonly string[]): string[] {
  const seen = new Map<string, number>();
  return names.map((name) => {
    const times = (seen.get(name) ?? 0) + 1;
    seen.set(name, times);
    return times === 1 ? name : `${name} (${times})`;
  });
}
