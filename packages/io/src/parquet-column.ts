import type { SchemaElement } from "hyparquet";

/**
 * A column of a Parquet file that is to be written. Every value may be null. A `json` column takes any JSON value
 * and keeps its text (`carriedJsonText` of `@dpo-kit/schema`).
 */
export type ParquetColumn = { readonly name: string } & (
  | { readonly type: "string" | "bool" | "int64" | "json" }
  | { readonly struct: readonly ParquetColumn[] }
  /** A list of structs. */
  | { readonly list: readonly ParquetColumn[] }
);

const optional = { repetition_type: "OPTIONAL" } as const;

const leafElements = {
  string: { type: "BYTE_ARRAY", converted_type: "UTF8", logical_type: { type: "STRING" } },
  bool: { type: "BOOLEAN" },
  int64: { type: "INT64" },
  json: { type: "BYTE_ARRAY", logical_type: { type: "JSON" } },
} as const;

/**
 * The schema of a file with these columns, its elements in depth-first order as the format stores them. Lists have
 * the three levels of https://github.com/apache/parquet-format/blob/master/LogicalTypes.md#lists.
 */
export function parquetElements(columns: readonly ParquetColumn[]): SchemaElement[] {
  return [{ name: "root", num_children: columns.length }, ...columns.flatMap(elementsOf)];
}

function elementsOf(column: ParquetColumn): SchemaElement[] {
  const { name } = column;
  if ("type" in column) {
    return [{ name, ...optional, ...leafElements[column.type] }];
  }
  if ("struct" in column) {
    return structOf(name, column.struct);
  }
  return [
    { name, num_children: 1, converted_type: "LIST", logical_type: { type: "LIST" }, ...optional },
    { name: "list", num_children: 1, repetition_type: "REPEATED" },
    ...structOf("element", column.list),
  ];
}

function structOf(name: string, columns: readonly ParquetColumn[]): SchemaElement[] {
  return [{ name, num_children: columns.length, ...optional }, ...columns.flatMap(elementsOf)];
}
