import type { JsonValue } from "@dpo-kit/schema";
import { type ParquetNode, readParquetMetadata } from "./parquet/parquet-metadata.ts";
import { parquetTypeName } from "./parquet/parquet-type-name.ts";
import type { RandomAccess } from "./random-access.ts";

/** A column of a table. */
export interface TableColumn {
  name: string;
  /** Its type in words: `string`, `int64`, `list<struct<role: string, content: string>>`. */
  type: string;
  nullable: boolean;
}

/** What a Parquet file says of itself. */
export interface ParquetSchema {
  /** The top-level columns, in order. */
  columns: readonly TableColumn[];
  rows: number;
  /** The number of rows of each row group. */
  rowGroups: readonly number[];
  /** What its writer left in it by key: `huggingface`, `pandas`, `ARROW:schema` and such. */
  metadata: ReadonlyMap<string, string>;
  /**
   * The features of a dataset of the Hugging Face `datasets` library (the value of `info.features` under
   * `huggingface`), which tell for instance the names of class labels.
   */
  features?: JsonValue;
}

/**
 * Reads what a Parquet file says of itself, without reading rows: one request, or two where its footer is larger
 * than 512 KiB.
 *
 * @param options `source`: its name, for errors. Default: `input`.
 * @throws IO_PARQUET_DAMAGED IO_UNSUPPORTED_FORMAT
 */
export async function parquetSchema(
  file: RandomAccess,
  options: { source?: string } = {},
): Promise<ParquetSchema> {
  const { columns, rows, rowGroups, keyValues } = await readParquetMetadata(file, options.source ?? "input");
  const features = datasetFeatures(keyValues.get("huggingface"));
  return {
    columns: columns.map(columnOf),
    rows,
    rowGroups: rowGroups.map((group) => Number(group.num_rows)),
    metadata: keyValues,
    ...(features === undefined ? {} : { features }),
  };
}

function columnOf(node: ParquetNode): TableColumn {
  return {
    name: node.name,
    type: parquetTypeName(node),
    nullable: node.element.repetition_type !== "REQUIRED",
  };
}

/** The features in what the `datasets` library leaves in the metadata of files: `{"info": {"features": {…}}}`. */
export function datasetFeatures(text: string | undefined): JsonValue | undefined {
  try {
    const parsed = JSON.parse(text ?? "null") as { info?: { features?: JsonValue } } | null;
    return parsed?.info?.features;
  } catch {
    return undefined;
  }
}
