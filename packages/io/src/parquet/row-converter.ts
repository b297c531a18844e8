import type { Issue, JsonObject } from "@dpo-kit/schema";
import { type LooseJson, setMember } from "../exact-json.ts";
import type { StoredJson, StoredRow } from "../stored-row.ts";
import { finishRow, type RowNotes, type TableRow } from "../table-row.ts";
import { isValidUtf8 } from "../utf8-validity.ts";
import { orDamaged, type ParquetNode } from "./parquet-metadata.ts";
import { type TextConverter, type ValueConverter, valueConverter } from "./parquet-value.ts";
import type { PlacedBlock } from "./read-blocks.ts";

/** A column and what makes JSON of its values. */
interface Member {
  readonly name: string;
  readonly convert: ValueConverter;
}

/** Makes rows of the columns of blocks. */
export class RowConverter {
  readonly #members: readonly Member[];
  readonly #storedMembers: readonly Member[];
  readonly #source: string;

  constructor(columns: readonly ParquetNode[], source: string) {
    this.#members = columns.map((column) => ({ name: column.name, convert: valueConverter(column) }));
    this.#storedMembers = columns.map((column) => ({
      name: column.name,
      convert: valueConverter(column, storedText),
    }));
    this.#source = source;
  }

  /** A row of a block, its value not made yet. */
  row(block: PlacedBlock, index: number): StoredRow {
    return new BlockRow(this, block, index);
  }

  /** All that a row of a block says. */
  convert(block: PlacedBlock, index: number): TableRow {
    const { notes, row } = this.#convert(this.#members, block, index);
    return finishRow(row, notes, { source: this.#source, ordinal: block.firstRow + index });
  }

  /** What {@link StoredRow.takeStored} says of a row of a block. */
  convertStored(block: PlacedBlock, index: number): { [key: string]: StoredJson } | undefined {
    const { notes, row } = this.#convert(this.#storedMembers, block, index);
    const isPlain = notes.invalid === undefined && !notes.hasTokens;
    return isPlain ? (row as { [key: string]: StoredJson }) : undefined;
  }

  #convert(members: readonly Member[], block: PlacedBlock, index: number) {
    const notes: RowNotes = { bytes: 0, hasTokens: false };
    const row: { [key: string]: LooseJson } = {};
    return orDamaged(this.#source, () => {
      for (let column = 0; column < members.length; column += 1) {
        const { name, convert } = members[column]!;
        setMember(row, name, convert(block.columns[column]![index], notes));
      }
      return { notes, row };
    });
  }
}

/** Passes for JSON until the row is taken as stored. */
const storedText: TextConverter = (bytes, notes, path) => {
  if (!isValidUtf8(bytes)) {
    notes.invalid ??= { path, bytes };
  }
  return bytes as unknown as LooseJson;
};

class BlockRow implements StoredRow {
  readonly ordinal: number;
  readonly #converter: RowConverter;
  readonly #block: PlacedBlock;
  readonly #index: number;
  #made: TableRow | undefined;

  constructor(converter: RowConverter, block: PlacedBlock, index: number) {
    this.ordinal = block.firstRow + index;
    this.#converter = converter;
    this.#block = block;
    this.#index = index;
  }

  get value(): JsonObject | undefined {
    return this.#row.value;
  }

  get issues(): readonly Issue[] {
    return this.#row.issues;
  }

  get bytes(): number {
    return this.#row.bytes;
  }

  takeStored(): { [key: string]: StoredJson } | undefined {
    return this.#converter.convertStored(this.#block, this.#index);
  }

  get #row(): TableRow {
    this.#made ??= this.#converter.convert(this.#block, this.#index);
    return this.#made;
  }
}
