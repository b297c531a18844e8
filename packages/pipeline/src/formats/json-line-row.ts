import { parseJsonLine, type RawLine } from "@dpo-kit/io";
import type { RowJson } from "@dpo-kit/pairwise";
import type { Issue, JsonValue, Location } from "@dpo-kit/schema";
import { type CountedRow, jsonRow, rowOptions } from "./json-row.ts";

/** A line as a row, which is parsed only if somebody asks for what it says: most lines are read from their bytes. */
export class JsonLineRow implements CountedRow {
  readonly #line: RawLine;
  readonly #source: string;
  #isTaken = false;
  #parsed: CountedRow | undefined;

  constructor(line: RawLine, source: string) {
    this.#line = line;
    this.#source = source;
  }

  takeJson(): RowJson | undefined {
    const { bytes, ordinal, line } = this.#line;
    this.#isTaken = bytes !== undefined;
    return bytes && { bytes, ordinal, line };
  }

  get bytes(): number {
    return this.#line.byteLength;
  }

  get at(): Location {
    return this.#row.at;
  }

  get issues(): readonly Issue[] | undefined {
    return this.#row.issues;
  }

  get plain(): JsonValue | undefined {
    return this.#row.plain;
  }

  get value(): JsonValue | undefined {
    return this.#row.value;
  }

  /** Bytes are taken only by who finds a record in them, or else asks for the rest. */
  get unit(): CountedRow["unit"] {
    return this.#isTaken && this.#parsed === undefined ? "intoRecords" : this.#row.unit;
  }

  get #row(): CountedRow {
    const options = { source: this.#source, ...rowOptions };
    this.#parsed ??= jsonRow(parseJsonLine(this.#line, options), this.#source);
    return this.#parsed;
  }
}
