/** What can be wrong with a quoted cell. */
export type TableProblem = "CSV_UNCLOSED_QUOTE" | "CSV_TEXT_AFTER_QUOTE";

/** A record of a delimited text. */
export interface TableRecord {
  readonly cells: readonly string[];
  /** The physical line on which it begins, from 1. */
  readonly line: number;
  /** What keeps it from being read, if anything does. */
  readonly problem?: TableProblem | undefined;
}

/**
 * Cuts a delimited text into records, as RFC 4180 has it: quotes are doubled inside quoted cells, which may hold line
 * breaks. It takes the text in pieces of any size. https://www.rfc-editor.org/rfc/rfc4180
 */
export class TableScanner {
  readonly #delimiter: string;
  readonly #records: TableRecord[] = [];
  #cells: string[] = [];
  #cell: string[] = [];
  #state: "start" | "plain" | "quoted" | "after-quote" = "start";
  #problem: TableProblem | undefined;
  /** A carriage return at the end of a piece: it belongs to what comes next. */
  #held = "";
  #line = 1;
  #startLine = 1;
  #size = 0;

  constructor(delimiter: string) {
    this.#delimiter = delimiter;
  }

  /** How many characters the record that is being read has so far. */
  get pending(): number {
    return this.#size;
  }

  /** Takes a piece of the text. Gives the records that end in it. */
  add(piece: string): TableRecord[] {
    const text = this.#held + piece;
    this.#held = text.endsWith("\r") ? "\r" : "";
    this.#scan(text.slice(0, text.length - this.#held.length));
    return this.#records.splice(0);
  }

  #scan(text: string): void {
    for (let at = 0; at < text.length; ) {
      at = this.#state === "quoted" ? this.#quoted(text, at) : this.#plain(text, at);
    }
  }

  /** Says that the text ends. Gives the last record, if no line break ended it. */
  end(): TableRecord[] {
    this.#scan(this.#held);
    if (this.#state === "quoted") {
      this.#problem = "CSV_UNCLOSED_QUOTE";
    }
    if (this.#state !== "start" || this.#cells.length > 0) {
      this.#endRecord();
    }
    return this.#records.splice(0);
  }

  #quoted(text: string, start: number): number {
    const quote = text.indexOf('"', start);
    const end = quote === -1 ? text.length : quote;
    this.#keep(text.slice(start, end));
    this.#state = quote === -1 ? "quoted" : "after-quote";
    return quote === -1 ? end : end + 1;
  }

  #plain(text: string, at: number): number {
    const character = text[at]!;
    if (character === this.#delimiter) {
      this.#endCell();
    } else if (character === "\n") {
      this.#endRecord();
      this.#line += 1;
      this.#startLine = this.#line;
    } else if (character === '"' && this.#state !== "plain") {
      // A second quote right behind the first stands for one in the text.
      this.#keep(this.#state === "after-quote" ? '"' : "");
      this.#state = "quoted";
    } else if (character !== "\r" || text[at + 1] !== "\n") {
      return this.#text(text, at);
    }
    return at + 1;
  }

  /** All up to the next character that can mean something. */
  #text(text: string, start: number): number {
    if (this.#state === "after-quote") {
      this.#problem = "CSV_TEXT_AFTER_QUOTE";
    }
    let end = start + 1;
    while (end < text.length && !this.#ends(text[end]!)) {
      end += 1;
    }
    this.#keep(text.slice(start, end));
    this.#state = "plain";
    return end;
  }

  #ends(character: string): boolean {
    return character === this.#delimiter || character === "\n" || character === "\r";
  }

  #keep(text: string): void {
    this.#cell.push(text);
    this.#size += text.length;
    for (let at = text.indexOf("\n"); at !== -1; at = text.indexOf("\n", at + 1)) {
      this.#line += 1;
    }
  }

  #endCell(): void {
    this.#cells.push(this.#cell.join(""));
    this.#cell = [];
    this.#state = "start";
  }

  #endRecord(): void {
    const isBlank = this.#cells.length === 0 && this.#state === "start";
    this.#endCell();
    if (!isBlank) {
      this.#records.push({ cells: this.#cells, line: this.#startLine, problem: this.#problem });
    }
    this.#cells = [];
    this.#problem = undefined;
    this.#size = 0;
  }
}
