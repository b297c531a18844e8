/** How a field is written: as it is, in quotes, or in quotes with doubled quotes inside. */
export const fieldKinds = { plain: 0, quoted: 1, quotedWithQuotes: 2 } as const;

/** What keeps a piece of the text from being a record. */
export interface RecordProblem {
  readonly kind: "unclosed-quote" | "text-after-quote" | "cell-too-large" | "record-too-large";
  /** The physical line, from 1, at which it shows: for an unclosed quote that of the quote. */
  readonly line: number;
  /** The column in that line, from 1, in UTF-16 code units. */
  readonly column: number;
  /** Where it shows: how many bytes behind the first of the record. */
  readonly offset: number;
  /** The physical line the field begins at. */
  readonly openedAtLine: number;
  /** How many bytes of the input it takes, without the line end. The block may hold fewer of them. */
  readonly bytes: number;
}

/** One record as the scanner found it. */
export interface RecordSpan {
  readonly start: number;
  /** Behind its last byte, the line end not included. */
  readonly end: number;
  /** How many bytes of the text come before it. */
  readonly offset: number;
  /** The physical line it begins at. */
  readonly line: number;
  readonly firstField: number;
  readonly fieldCount: number;
}

/**
 * The complete records of a stretch of delimited text, as spans of its bytes. Offsets are into {@link bytes}.
 * A block is used again for the next stretch: what is needed of it longer has to be copied.
 */
export class RecordBlock {
  bytes: Uint8Array = new Uint8Array(0);
  /** How many records, malformed ones included. */
  recordCount = 0;
  /** Empty lines before, between and behind the records. */
  blankLines = 0;
  /** Of each record how many of the block's empty lines come before it. */
  blankLinesBefore: Int32Array = new Int32Array(64);
  recordStart: Int32Array = new Int32Array(64);
  /** Of each record the offset behind its last byte, line end not included. */
  recordEnd: Int32Array = new Int32Array(64);
  /** Of each record how many bytes of the text come before it. */
  recordOffset: Float64Array = new Float64Array(64);
  /** Of each record the physical line it begins at, from 1. */
  recordLine: Float64Array = new Float64Array(64);
  /** Of each record the index of its first field. */
  firstField: Int32Array = new Int32Array(64);
  /** Of each record how many fields it has. Those far beyond the header's number are counted, not stored. */
  fieldCount: Int32Array = new Int32Array(64);
  /** What is wrong with a record, by its index; most have nothing. A malformed record has no fields. */
  readonly problems: Map<number, RecordProblem> = new Map();
  /** How many fields are stored. */
  fields = 0;
  fieldStart: Int32Array = new Int32Array(512);
  fieldEnd: Int32Array = new Int32Array(512);
  /** Of each field one of {@link fieldKinds}. */
  fieldKind: Uint8Array = new Uint8Array(512);

  /**
   * Forgets all records, and all fields before `first`: those behind it belong to the record that goes on, and
   * move with its text by `distance` bytes to the front.
   */
  clearRecords(first: number, distance: number): void {
    const kept = this.fields - first;
    for (let index = 0; index < kept; index += 1) {
      this.fieldStart[index] = this.fieldStart[first + index]! - distance;
      this.fieldEnd[index] = this.fieldEnd[first + index]! - distance;
      this.fieldKind[index] = this.fieldKind[first + index]!;
    }
    this.fields = kept;
    this.recordCount = 0;
    this.blankLines = 0;
    this.problems.clear();
  }

  addField(start: number, end: number, kind: number): void {
    const index = this.fields;
    if (index === this.fieldStart.length) {
      this.fieldStart = doubled(this.fieldStart);
      this.fieldEnd = doubled(this.fieldEnd);
      this.fieldKind = doubled(this.fieldKind);
    }
    this.fieldStart[index] = start;
    this.fieldEnd[index] = end;
    this.fieldKind[index] = kind;
    this.fields = index + 1;
  }

  addRecord(record: RecordSpan): void {
    const index = this.recordCount;
    if (index === this.recordStart.length) {
      this.growRecords();
    }
    this.recordStart[index] = record.start;
    this.recordEnd[index] = record.end;
    this.recordOffset[index] = record.offset;
    this.recordLine[index] = record.line;
    this.blankLinesBefore[index] = this.blankLines;
    this.firstField[index] = record.firstField;
    this.fieldCount[index] = record.fieldCount;
    this.recordCount = index + 1;
  }

  private growRecords(): void {
    this.recordStart = doubled(this.recordStart);
    this.recordEnd = doubled(this.recordEnd);
    this.blankLinesBefore = doubled(this.blankLinesBefore);
    this.firstField = doubled(this.firstField);
    this.fieldCount = doubled(this.fieldCount);
    this.recordOffset = doubled(this.recordOffset);
    this.recordLine = doubled(this.recordLine);
  }
}

function doubled<T extends Int32Array | Float64Array | Uint8Array>(values: T): T {
  const larger = new (values.constructor as new (length: number) => T)(values.length * 2);
  larger.set(values);
  return larger;
}
