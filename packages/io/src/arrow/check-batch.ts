import type { Data, RecordBatch, Vector } from "apache-arrow";

type Arrow = typeof import("apache-arrow");

/** More rows in a batch than there is room for in any real one. */
const mostRows = 1 << 26;

/**
 * Checks that the columns of a batch hold as many values as they say.
 * @throws {Error} where they do not.
 */
export function checkBatch(arrow: Arrow, batch: RecordBatch): void {
  const { numRows, data } = batch;
  // Columns of nothing take no room at all.
  const isEmpty = data.children.every(({ type }) => type.typeId === arrow.Type.Null);
  if (!(numRows >= 0 && numRows <= (isEmpty ? 1 << 16 : mostRows))) {
    throw new Error("a batch has a number of rows that cannot be");
  }
  for (const column of data.children) {
    checkColumn(arrow, column as Data, numRows);
  }
}

function checkColumn(arrow: Arrow, data: Data, least: number): void {
  const { length, type, children } = data;
  const { Type } = arrow;
  if (!(length >= least) || !hasRoom(data, length)) {
    throw new Error("a column has fewer values than it says");
  }
  if (type.typeId === Type.Struct) {
    for (const child of children) {
      checkColumn(arrow, child as Data, length);
    }
  } else if (type.typeId === Type.FixedSizeList) {
    checkColumn(arrow, children[0] as Data, length * (type as unknown as { listSize: number }).listSize);
  } else {
    for (const child of children) {
      checkColumn(arrow, child as Data, 0);
    }
  }
  for (const part of (data.dictionary as Vector | undefined)?.data ?? []) {
    checkColumn(arrow, part as Data, 0);
  }
}

function hasRoom({ nullBitmap, values, valueOffsets, stride, type }: Data, length: number): boolean {
  if (length === 0) {
    return true;
  }
  const bits = nullBitmap?.length ?? 0;
  if (bits > 0 && bits * 8 < length) {
    return false;
  }
  if (valueOffsets !== undefined && valueOffsets !== null) {
    return valueOffsets.length >= length;
  }
  // Truth values take a bit, what has children has no values of its own.
  const isBool = String(type) === "Bool";
  return (
    values === undefined ||
    values === null ||
    values.length * (isBool ? 8 : 1) >= length * (isBool ? 1 : stride)
  );
}
