import { type LooseJson, setMember } from "../exact-json.ts";
import { finishRow, type RowNotes, type TableRow } from "../table-row.ts";
import { orDamaged, type ParquetNode } from "./parquet-metadata.ts";
import { valueConverter } from "./parquet-value.ts";
import type { PlacedBlock } from "./read-blocks.ts";

/** Makes rows of the columns of a block. */
export function createRowConverter(
  columns: readonly ParquetNode[],
  source: string,
): (block: PlacedBlock, index: number) => TableRow {
  const members = columns.map((column) => ({ name: column.name, convert: valueConverter(column) }));

  return (block, index) => {
    const notes: RowNotes = { bytes: 0, hasTokens: false };
    const row: { [key: string]: LooseJson } = {};
    return orDamaged(source, () => {
      for (let column = 0; column < members.length; column += 1) {
        const { name, convert } = members[column]!;
        setMember(row, name, convert(block.columns[column]![index], notes));
      }
      return finishRow(row, notes, { source, ordinal: block.firstRow + index });
    });
  };
}
