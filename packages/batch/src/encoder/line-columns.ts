import { type PairBatch, SPANS_PER_LINE, WORDS_PER_KEY } from "../pair-batch.ts";

/** The names of a batch's numeric columns, each line having one number or a fixed few in each. */
export type ColumnName =
  | "lineEnd"
  | "spans"
  | "sourceId"
  | "recordOrdinal"
  | "physicalLine"
  | "pairInRecord"
  | "lineKey"
  | "promptKey"
  | "preferredKey"
  | "nonPreferredKey"
  | "rule"
  | "margin"
  | "acceptedBy";

/** The numeric columns of a batch. */
export type NumericColumns = Pick<PairBatch, ColumnName>;

type NumberArray = NumericColumns[ColumnName];

/** The kind of array a column is. */
export interface NumberArrayKind {
  new (length: number): NumberArray;
  new (buffer: ArrayBuffer): NumberArray;
  readonly BYTES_PER_ELEMENT: number;
}

/** Of each numeric column, in the order in which they are stored, its kind and how many numbers a line has. */
export const numericColumns: readonly { name: ColumnName; Kind: NumberArrayKind; perLine: number }[] = [
  { name: "lineEnd", Kind: Uint32Array, perLine: 1 },
  { name: "spans", Kind: Uint32Array, perLine: SPANS_PER_LINE },
  { name: "sourceId", Kind: Uint32Array, perLine: 1 },
  { name: "recordOrdinal", Kind: Float64Array, perLine: 1 },
  { name: "physicalLine", Kind: Float64Array, perLine: 1 },
  { name: "pairInRecord", Kind: Uint32Array, perLine: 1 },
  { name: "lineKey", Kind: Uint32Array, perLine: WORDS_PER_KEY },
  { name: "promptKey", Kind: Uint32Array, perLine: WORDS_PER_KEY },
  { name: "preferredKey", Kind: Uint32Array, perLine: WORDS_PER_KEY },
  { name: "nonPreferredKey", Kind: Uint32Array, perLine: WORDS_PER_KEY },
  { name: "rule", Kind: Uint16Array, perLine: 1 },
  { name: "margin", Kind: Float64Array, perLine: 1 },
  { name: "acceptedBy", Kind: Uint8Array, perLine: 1 },
];

/** Makes every numeric column, each by the same function. */
export function makeColumns(make: (column: (typeof numericColumns)[number]) => NumberArray): NumericColumns {
  return Object.fromEntries(
    numericColumns.map((column) => [column.name, make(column)]),
  ) as unknown as NumericColumns;
}

const FIRST_CAPACITY = 256;

/** Columns that grow together, by doubling. */
export class LineColumns {
  count = 0;
  columns: NumericColumns = allocate(FIRST_CAPACITY);
  #capacity: number = FIRST_CAPACITY;

  /** Makes room for one more line. */
  reserveLine(): void {
    if (this.count < this.#capacity) {
      return;
    }
    this.#capacity *= 2;
    const larger = allocate(this.#capacity);
    for (const { name } of numericColumns) {
      larger[name].set(this.columns[name]);
    }
    this.columns = larger;
  }

  /** Copies of exactly the lines so far; the columns are empty after it. */
  take(): NumericColumns {
    const taken = makeColumns(({ name, perLine }) => this.columns[name].slice(0, this.count * perLine));
    this.count = 0;
    return taken;
  }
}

function allocate(lines: number): NumericColumns {
  return makeColumns(({ Kind, perLine }) => new Kind(lines * perLine));
}
