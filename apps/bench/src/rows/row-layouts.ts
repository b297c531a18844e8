/** What rows hold: texts, or conversations as lists of messages. */
export type RowKind = "texts" | "conversations";

/** A way to store the rows of the generated CSV file. */
export interface RowLayout {
  readonly id: string;
  readonly title: string;
  readonly kind: RowKind;
  readonly isParquet: boolean;
  readonly fileName: string;
  /** Options of DuckDB's COPY that write it (https://duckdb.org/docs/stable/sql/statements/copy). */
  readonly copyOptions: string;
}

const json = { isParquet: false, copyOptions: "FORMAT json" };
const parquet = (compression: string, more = "") => ({
  isParquet: true,
  copyOptions: `FORMAT parquet, COMPRESSION ${compression}${more}`,
});

/** More rows than any file has: all of them in one row group. */
const oneGroup = ", ROW_GROUP_SIZE 100000000";

/** Everything that is measured. */
export const rowLayouts: readonly RowLayout[] = [
  {
    id: "jsonl-texts",
    title: "JSON Lines, texts",
    kind: "texts",
    fileName: "rows.jsonl",
    ...json,
  },
  {
    id: "jsonl-conversations",
    title: "JSON Lines, conversations",
    kind: "conversations",
    fileName: "rows.jsonl",
    ...json,
  },
  {
    id: "parquet-texts",
    title: "Parquet (snappy), texts",
    kind: "texts",
    fileName: "rows.parquet",
    ...parquet("snappy"),
  },
  {
    id: "parquet-conversations",
    title: "Parquet (snappy, many row groups), conversations",
    kind: "conversations",
    fileName: "rows.parquet",
    ...parquet("snappy", ", ROW_GROUP_SIZE 10240"),
  },
  {
    id: "parquet-one-group",
    title: "Parquet (snappy, one row group), conversations",
    kind: "conversations",
    fileName: "rows.parquet",
    ...parquet("snappy", oneGroup),
  },
  {
    id: "parquet-one-group-zstd",
    title: "Parquet (zstd, one row group), conversations",
    kind: "conversations",
    fileName: "rows.parquet",
    ...parquet("zstd", oneGroup),
  },
];

/** A text as DuckDB takes it in SQL. */
export function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
