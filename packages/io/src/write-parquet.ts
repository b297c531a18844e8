import type { JsonObject } from "@dpo-kit/schema";
import { createCellWriter } from "./parquet-cell.ts";
import { type ParquetColumn, parquetElements } from "./parquet-column.ts";

/** How a Parquet file is written. */
export interface WriteParquetOptions {
  /** All columns, in order: one or more. A member of a row that none of them names is an error. */
  columns: readonly ParquetColumn[];
  /** Rows of a row group at most. Default: 10,000. */
  rowGroupRows?: number;
  /** Characters of the texts of a row group, with which it ends: what is held in memory. Default: 16 Mi. */
  rowGroupCharacters?: number;
}

/**
 * Writes rows as a Parquet file (https://parquet.apache.org/docs/file-format/), compressed with Snappy, and gives
 * its bytes as they come, a row group at a time: memory does not grow with the file. The same rows give the same
 * bytes. What is missing in a row is null.
 *
 * @throws TypeError for a value that its column cannot hold, and for a member that has no column.
 */
export async function* writeParquet(
  rows: AsyncIterable<JsonObject> | Iterable<JsonObject>,
  options: WriteParquetOptions,
): AsyncGenerator<Uint8Array, void, undefined> {
  const { columns, rowGroupRows = 10_000, rowGroupCharacters = 16 * 2 ** 20 } = options;
  const { ByteWriter, ParquetWriter } = await import("hyparquet-writer");
  const writer = new ByteWriter();
  const schema = parquetElements(columns);
  const file = new ParquetWriter({ writer, schema, statistics: false, createdBy: "dpo-kit" });
  const cells = createCellWriter(columns);
  const take = (): Uint8Array => {
    const bytes = writer.getBytes().slice();
    writer.index = 0;
    return bytes;
  };
  const endGroup = async (): Promise<Uint8Array> => {
    await file.write({ rowGroupSize: cells.rows, columnData: cells.take() });
    return take();
  };
  for await (const row of rows) {
    cells.add(row);
    if (cells.rows >= rowGroupRows || cells.characters >= rowGroupCharacters) {
      yield await endGroup();
    }
  }
  if (cells.rows > 0) {
    yield await endGroup();
  }
  await file.finish();
  yield take();
}
