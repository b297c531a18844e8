import type { RandomAccess } from "../random-access.ts";
import { type ParquetMetadata, parquetDamaged } from "./parquet-metadata.ts";
import { type RowBlock, type RowGroupOptions, readRowGroup } from "./read-row-group.ts";

/** Some rows of a file, and which. */
export interface PlacedBlock extends RowBlock {
  /** The ordinal of its first row. */
  firstRow: number;
  columns: readonly ArrayLike<unknown>[];
}

/** Which rows of which columns are read. */
export interface ReadBlocksOptions extends RowGroupOptions {
  source: string;
  from: number;
  to: number;
}

/**
 * The rows of the row groups that hold any of those wanted, in blocks.
 * @throws IO_PARQUET_DAMAGED; what reading the file throws.
 */
export async function* readBlocks(
  metadata: ParquetMetadata,
  options: ReadBlocksOptions,
): AsyncGenerator<PlacedBlock, void, undefined> {
  const { from, to, source, columns, compressors, streams } = options;
  const file = watchErrors(options.file);
  let firstRow = 0;
  for (const group of metadata.rowGroups) {
    const groupEnd = firstRow + Number(group.num_rows);
    if (groupEnd <= from || firstRow >= to) {
      firstRow = groupEnd;
      continue;
    }
    try {
      for await (const block of readRowGroup(group, { file, columns, compressors, streams })) {
        yield { ...block, firstRow };
        firstRow += block.rows;
        if (firstRow >= to) {
          return;
        }
      }
    } catch (error) {
      throw file.hasThrown(error)
        ? error
        : parquetDamaged(`The Parquet file is damaged: ${(error as Error).message}`, source, error);
    }
  }
}

/** Tells errors of reading the file from those of decoding what was read. */
function watchErrors(file: RandomAccess): RandomAccess & { hasThrown(error: unknown): boolean } {
  let thrown: { error: unknown } | undefined;
  return {
    byteLength: file.byteLength,
    hasThrown: (error) => thrown !== undefined && thrown.error === error,
    async slice(start, end) {
      try {
        return await file.slice(start, end);
      } catch (error) {
        thrown = { error };
        throw error;
      }
    },
  };
}
