import { DataError } from "@dpo-kit/schema";
import { CARRIAGE_RETURN, LINE_FEED } from "./ascii.ts";
import { nextLineStart, positionOf } from "./position.ts";
import { readsAsRecords } from "./reads-as-records.ts";
import { fieldKinds, RecordBlock, type RecordProblem } from "./record-block.ts";
import {
  type CsvSyntax,
  DEFAULT_MAX_CELL_BYTES,
  MAX_COLUMNS,
  MAX_RECOVERIES,
  SHOWN_BYTES,
} from "./syntax.ts";
import { type TextStart, TextWindow } from "./text-window.ts";

export interface CsvScannerOptions extends CsvSyntax, TextStart {
  /** The largest cell, in bytes as it is written. Default 32 MiB. A record may be twice as large. */
  readonly maxCellBytes?: number;
  /** The name of the source, for errors. Default `-`. */
  readonly source?: string;
  /** How many fields the header has, where it was read before. Default: as many as the first record. */
  readonly headerFields?: number;
}

/** A block holds no more records than this, nor more malformed ones: what is made of each takes memory. */
const MOST_RECORDS = 16_384;
const MOST_PROBLEMS = 1_024;

/** What the next byte belongs to. */
const states = { fieldStart: 0, text: 1, quoted: 2, skipped: 3 } as const;
type State = (typeof states)[keyof typeof states];

/**
 * Cuts delimited text into records and fields, whatever the pieces it comes in.
 *
 * The rules are those of RFC 4180 (https://www.rfc-editor.org/rfc/rfc4180), and where it is silent:
 * - A record ends with CRLF, LF or a lone CR, each record as it likes, as Python's csv module has it.
 * - A quote that does not begin a field is an ordinary character.
 * - An empty line is no record.
 * - Text behind a closing quote makes the record malformed; it reaches to its line end. But if the field began
 *   on an earlier line, and the lines between are good records up to that very quote, the field was never
 *   closed: reading resumes at the line after the one where it opened.
 * - A quote still open at the largest cell or at the end of the text makes the record malformed, and reading
 *   resumes at the line after the one where the quote opened.
 * - A cell or record that is too large makes the record malformed; reading resumes behind the next line end.
 *
 * The first record is the header: as many fields as it has, and one more, are stored of any other.
 *
 * Each byte is looked at a few times at most. Two unclosed quotes are at least a largest cell apart: between
 * them there is no quote but doubled ones, and doubled quotes at the start of a field close it.
 */
export class CsvScanner {
  private readonly syntax: CsvSyntax;
  private readonly source: string;
  private readonly maxCellBytes: number;
  private readonly maxRecordBytes: number;
  private readonly block = new RecordBlock();
  private readonly window: TextWindow;
  /** The bytes there are: the window's. */
  private view: Uint8Array;
  private state: State = states.fieldStart;
  private position = 0;
  private isLast = false;
  /** The number of fields of the header, once it is read. */
  private headerFields = 0;
  private recoveries = 0;

  private recordStart = 0;
  private recordLine = 1;
  private recordOffset = 0;
  /** The index of the record's first field in the block. */
  private firstField = 0;
  private recordFields = 0;
  private fieldStart = 0;
  private fieldKind: number = fieldKinds.plain;
  private problem: Omit<RecordProblem, "bytes"> | undefined;
  /** How many bytes of a record that is too large were thrown away. */
  private skippedBytes = 0;

  constructor(options: CsvScannerOptions) {
    this.syntax = options;
    this.source = options.source ?? "-";
    this.maxCellBytes = options.maxCellBytes ?? DEFAULT_MAX_CELL_BYTES;
    this.maxRecordBytes = this.maxCellBytes * 2;
    this.window = new TextWindow(options, options);
    this.view = this.window.view;
    this.headerFields = options.headerFields ?? 0;
    this.recordLine = this.window.lines.line;
    this.recordOffset = this.window.byteOffset;
  }

  /**
   * Takes the next piece of the text and gives the records it completes, or the first of them: then
   * {@link hasMore}, and {@link more} gives the others. The block is valid until the next call.
   *
   * @throws CSV_TOO_MANY_COLUMNS CSV_TOO_MANY_RECOVERIES
   */
  push(chunk: Uint8Array): RecordBlock {
    this.append(chunk);
    this.scan();
    return this.block;
  }

  /**
   * Takes the last piece of the text, if there is one left, and gives the last records.
   *
   * @throws CSV_TOO_MANY_COLUMNS CSV_TOO_MANY_RECOVERIES
   */
  finish(chunk: Uint8Array = new Uint8Array(0)): RecordBlock {
    this.isLast = true;
    return this.push(chunk);
  }

  /** Whether a full block was given before all that there is was read. */
  get hasMore(): boolean {
    return this.isFull;
  }

  /** Gives further records of the last piece. The block is valid until the next call. */
  more(): RecordBlock {
    this.block.clearRecords(this.firstField, 0);
    this.firstField = 0;
    this.scan();
    return this.block;
  }

  private get isFull(): boolean {
    return this.block.recordCount >= MOST_RECORDS || this.block.problems.size >= MOST_PROBLEMS;
  }

  /** Moves the unfinished record to the front of the window and puts the chunk behind it. */
  private append(chunk: Uint8Array): void {
    const done = this.recordStart;
    this.block.clearRecords(this.firstField, done);
    this.window.append(chunk, done);
    this.showWindow();
    this.recordStart = 0;
    this.position -= done;
    this.fieldStart -= done;
    this.firstField = 0;
  }

  private showWindow(): void {
    this.view = this.window.view;
    this.block.bytes = this.view;
  }

  /** Reads on until more text is needed, or the block is full. */
  private scan(): void {
    for (let goesOn = true; goesOn && !this.isFull; ) {
      switch (this.state) {
        case states.fieldStart:
          goesOn = this.startField();
          break;
        case states.text:
          goesOn = this.readText();
          break;
        case states.quoted:
          goesOn = this.readQuoted();
          break;
        case states.skipped:
          goesOn = this.skip();
          break;
      }
    }
  }

  private startField(): boolean {
    const { view, position } = this;
    if (position === view.length && !(this.isLast && this.recordFields > 0)) {
      return false;
    }
    const byte = view[position];
    if (this.recordFields === 0 && (byte === LINE_FEED || byte === CARRIAGE_RETURN)) {
      return this.passBlankLine();
    }
    const isQuoted = byte === this.syntax.quote;
    this.fieldKind = isQuoted ? fieldKinds.quoted : fieldKinds.plain;
    this.state = isQuoted ? states.quoted : states.text;
    this.position = position + (isQuoted ? 1 : 0);
    this.fieldStart = this.position;
    return true;
  }

  private passBlankLine(): boolean {
    const next = this.behindLineEnd(this.position);
    if (next === -1) {
      return false;
    }
    this.block.blankLines += 1;
    this.startRecord(next);
    return true;
  }

  /** Reads a field without quotes, or what follows the closing quote of a malformed one. */
  private readText(): boolean {
    const end = this.textEnd(this.position);
    if (end - this.fieldStart > this.maxCellBytes || end - this.recordStart > this.maxRecordBytes) {
      return this.giveUpTooLarge();
    }
    this.position = end;
    if (end === this.view.length && !this.isLast) {
      return false;
    }
    return this.endField(end, end);
  }

  /** Where the field's text ends: at a delimiter, a line end, or the end of what there is. */
  private textEnd(from: number): number {
    const { view, syntax } = this;
    // Most unquoted fields are short: looking at each byte is quicker than three searches.
    const near = Math.min(from + 48, view.length);
    let at = from;
    for (; at < near; at += 1) {
      const byte = view[at]!;
      if (byte === syntax.delimiter || byte === LINE_FEED || byte === CARRIAGE_RETURN) {
        return at;
      }
    }
    return at === view.length
      ? at
      : Math.min(this.window.delimiters.from(at), this.window.lines.nextLineEnd(at));
  }

  /** Reads a quoted field to the quote that closes it. */
  private readQuoted(): boolean {
    const { view, syntax } = this;
    const close = this.window.quotes.from(this.position);
    if (close - this.fieldStart > this.maxCellBytes || close - this.recordStart > this.maxRecordBytes) {
      return this.giveUpTooLarge();
    }
    this.position = close;
    if (close + 1 >= view.length && !this.isLast) {
      return false;
    }
    if (close === view.length) {
      return this.giveUpUnclosed();
    }
    const next = view[close + 1];
    if (next === syntax.quote) {
      this.fieldKind = fieldKinds.quotedWithQuotes;
      this.position = close + 2;
      return true;
    }
    if (next === undefined || next === syntax.delimiter || next === LINE_FEED || next === CARRIAGE_RETURN) {
      return this.endField(close, close + 1);
    }
    return this.readBehindClosingQuote(close);
  }

  /** The field's text ends at `end`; the delimiter, line end or end of the text is at `behind`. */
  private endField(end: number, behind: number): boolean {
    const isDelimiter = this.view[behind] === this.syntax.delimiter;
    const next = isDelimiter ? behind + 1 : this.behindLineEnd(behind);
    if (next === -1) {
      return false;
    }
    this.addField(end);
    if (isDelimiter) {
      this.position = next;
      this.state = states.fieldStart;
    } else {
      this.endRecord(behind, next);
    }
    return true;
  }

  private addField(end: number): void {
    const isHeader = this.headerFields === 0;
    if (isHeader || this.recordFields <= this.headerFields) {
      this.block.addField(this.fieldStart, end, this.fieldKind);
    }
    this.recordFields += 1;
    if (isHeader && this.recordFields > MAX_COLUMNS) {
      const location = { source: this.source, line: this.recordLine };
      throw new DataError("CSV_TOO_MANY_COLUMNS", { location });
    }
  }

  /** The offset behind the line end at `at`; -1 if the byte is missing that tells CR from CRLF. */
  private behindLineEnd(at: number): number {
    const { view } = this;
    if (view[at] !== CARRIAGE_RETURN) {
      return Math.min(at + 1, view.length);
    }
    if (at + 1 === view.length) {
      return this.isLast ? at + 1 : -1;
    }
    return view[at + 1] === LINE_FEED ? at + 2 : at + 1;
  }

  private endRecord(end: number, next: number): void {
    if (this.problem !== undefined) {
      this.endMalformed(end, next, this.problem);
      return;
    }
    this.headerFields ||= this.recordFields;
    this.block.addRecord({
      start: this.recordStart,
      end,
      offset: this.recordOffset,
      line: this.recordLine,
      firstField: this.firstField,
      fieldCount: this.recordFields,
    });
    this.startRecord(next);
  }

  private startRecord(next: number): void {
    this.recordStart = next;
    this.recordLine = this.window.lines.moveTo(next);
    this.recordOffset = this.window.byteOffset + next;
    this.firstField = this.block.fields;
    this.recordFields = 0;
    this.problem = undefined;
    this.position = next;
    this.state = states.fieldStart;
  }

  private endMalformed(end: number, next: number, problem: Omit<RecordProblem, "bytes">): void {
    const { block } = this;
    block.fields = this.firstField;
    block.problems.set(block.recordCount, { ...problem, bytes: end - this.recordStart + this.skippedBytes });
    block.addRecord({
      start: this.recordStart,
      end,
      offset: this.recordOffset,
      line: this.recordLine,
      firstField: this.firstField,
      fieldCount: 0,
    });
    this.skippedBytes = 0;
    this.startRecord(next);
  }

  /** The quote at `close` is followed by text: the field is wrong, or it is the quote of a later field. */
  private readBehindClosingQuote(close: number): boolean {
    const { view } = this;
    const resume = nextLineStart(view, this.fieldStart, close);
    const span = { from: resume, to: close, fields: this.headerFields };
    if (resume !== -1 && readsAsRecords(view, span, this.syntax)) {
      this.problem ??= this.problemAt("unclosed-quote", this.fieldStart - 1);
      this.countRecovery();
      this.goBackTo(resume);
      return true;
    }
    this.problem ??= this.problemAt("text-after-quote", close + 1);
    this.position = close + 1;
    this.fieldStart = close + 1;
    this.state = states.text;
    return true;
  }

  /** The end of the text came before the closing quote. */
  private giveUpUnclosed(): boolean {
    this.problem ??= this.problemAt("unclosed-quote", this.fieldStart - 1);
    this.countRecovery();
    return this.skipFrom(this.fieldStart);
  }

  /** The cell, or the record, is larger than it may be. */
  private giveUpTooLarge(): boolean {
    const recordLimit = this.recordStart + this.maxRecordBytes;
    if (recordLimit < this.fieldStart + this.maxCellBytes) {
      this.problem ??= this.problemAt("record-too-large", this.recordStart);
      return this.skipFrom(Math.max(recordLimit, this.fieldStart));
    }
    if (this.state === states.quoted) {
      return this.giveUpUnclosed();
    }
    this.problem ??= this.problemAt("cell-too-large", this.fieldStart);
    return this.skipFrom(this.fieldStart);
  }

  /** Gives the record up; reading resumes behind the first line end at or after `from`. */
  private skipFrom(from: number): boolean {
    this.position = from;
    this.state = states.skipped;
    return true;
  }

  private goBackTo(lineStart: number): void {
    const { view, problem } = this;
    const isCrLf = view[lineStart - 1] === LINE_FEED && view[lineStart - 2] === CARRIAGE_RETURN;
    this.endMalformed(lineStart - (isCrLf ? 2 : 1), lineStart, problem!);
    this.window.restart();
  }

  private countRecovery(): void {
    this.recoveries += 1;
    if (this.recoveries > MAX_RECOVERIES) {
      const location = { source: this.source, line: this.recordLine };
      throw new DataError("CSV_TOO_MANY_RECOVERIES", { location });
    }
  }

  private problemAt(kind: RecordProblem["kind"], at: number): Omit<RecordProblem, "bytes"> {
    const from = { start: this.recordStart, line: this.recordLine };
    const openedAtLine = positionOf(this.view, this.fieldStart, from).line;
    return { kind, ...positionOf(this.view, at, from), offset: at - this.recordStart, openedAtLine };
  }

  private skip(): boolean {
    const { view } = this;
    const lineEnd = this.window.lines.nextLineEnd(this.position);
    const next = lineEnd === view.length && !this.isLast ? -1 : this.behindLineEnd(lineEnd);
    if (next === -1) {
      this.throwAway(lineEnd);
      return false;
    }
    this.endMalformed(lineEnd, next, this.problem!);
    this.window.restart();
    return true;
  }

  /** Keeps the beginning of a record that is skipped, and what is at or behind `end`. */
  private throwAway(end: number): void {
    const keptEnd = Math.min(this.recordStart + SHOWN_BYTES, end);
    this.window.cut(keptEnd, end);
    this.showWindow();
    this.position = keptEnd;
    this.skippedBytes += end - keptEnd;
  }
}
