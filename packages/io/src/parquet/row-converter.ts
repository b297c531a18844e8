import { createIssue, type JsonObject } from "@dpo-kit/schema";
import { type LooseJson, setMember, settleNumbers } from "../exact-json.ts";
import type { ParquetRow } from "../read-parquet.ts";
import { findInvalidUtf8 } from "../utf8-validity.ts";
import { orDamaged, type ParquetNode } from "./parquet-metadata.ts";
import { type RowNotes, valueConverter } from "./parquet-value.ts";
import type { PlacedBlock } from "./read-blocks.ts";

/** Makes rows of the columns of a block. */
export function createRowConverter(
  columns: readonly ParquetNode[],
  source: string,
): (block: PlacedBlock, index: number) => ParquetRow {
  const members = columns.map((column) => ({ name: column.name, convert: valueConverter(column) }));

  function looseRow(block: PlacedBlock, index: number, notes: RowNotes): { [key: string]: LooseJson } {
    const row: { [key: string]: LooseJson } = {};
    for (let column = 0; column < members.length; column += 1) {
      const { name, convert } = members[column]!;
      setMember(row, name, convert(block.columns[column]![index], notes));
    }
    return row;
  }
  return (block, index) => {
    const notes: RowNotes = { bytes: 0, hasTokens: false };
    const loose = orDamaged(source, () => looseRow(block, index, notes));
    const ordinal = block.firstRow + index;
    if (notes.invalid !== undefined) {
      const { path, bytes } = notes.invalid;
      return { issues: [invalidText(bytes, { source, ordinal, path })], ordinal, bytes: notes.bytes };
    }
    const value = (notes.hasTokens ? settleNumbers(loose) : loose) as JsonObject;
    return { value, issues: [], ordinal, bytes: notes.bytes };
  };
}

function invalidText(bytes: Uint8Array, location: { source: string; ordinal: number; path: string }) {
  const at = findInvalidUtf8(bytes);
  const found = Array.from(bytes.subarray(at, at + 4), (byte) => byte.toString(16).padStart(2, "0"));
  return createIssue("IO_INVALID_ENCODING", {
    location,
    expected: "valid UTF-8",
    found: `the bytes ${found.join(" ")} at byte ${at} of the text`,
  });
}
