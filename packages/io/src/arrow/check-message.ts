/**
 * What of a table is followed, by the place of the field in it: a table, a vector of tables, or a vector of values
 * of so many bytes. From https://github.com/apache/arrow/blob/main/format/Message.fbs and Schema.fbs.
 */
interface TableShape {
  tables?: Readonly<Record<number, TableShape>>;
  tableVectors?: Readonly<Record<number, TableShape>>;
  valueVectors?: Readonly<Record<number, number>>;
}

const keyValue: TableShape = { valueVectors: { 0: 1, 1: 1 } };
/** A union's list of ids stands at 1; no other type has a vector there. */
const unionType: TableShape = { valueVectors: { 1: 4 } };
const timestampType: TableShape = { valueVectors: { 1: 1 } };
const field: { tables: Record<number, TableShape>; tableVectors: Record<number, TableShape> } & TableShape = {
  tables: { 4: { tables: { 1: {} } } },
  tableVectors: { 6: keyValue },
  valueVectors: { 0: 1 },
};
field.tableVectors[5] = field;
const schema: TableShape = { tableVectors: { 1: field, 2: keyValue }, valueVectors: { 3: 8 } };
const recordBatch: TableShape = { tables: { 3: {} }, valueVectors: { 1: 16, 2: 16, 4: 8 } };
const dictionaryBatch: TableShape = { tables: { 1: recordBatch } };

/** By the number of the header's type. */
const headers: Readonly<Record<number, TableShape>> = { 1: schema, 2: dictionaryBatch, 3: recordBatch };
const typeShapes: Readonly<Record<number, TableShape>> = { 10: timestampType, 14: unionType };

const deepest = 256;
/** Tables of one message; offsets can lead to the same table again and again. */
const mostTables = 1 << 20;

/**
 * Checks that the tables and vectors of a message's metadata lie within it, and gives the length of its body.
 * @throws {Error} where they do not.
 */
export function checkMessage(metadata: Uint8Array): bigint {
  const view = new DataView(metadata.buffer, metadata.byteOffset, metadata.length);
  const root = view.getUint32(0, true);
  const header = headers[fieldAt(view, root, 1, (at) => view.getUint8(at)) ?? 0];
  if (header === undefined) {
    throw new Error("a message is of a kind that is not known");
  }
  const budget = { tables: mostTables };
  const start = fieldAt(view, root, 2, (at) => at + view.getUint32(at, true));
  if (start === undefined) {
    throw new Error("a message has no header");
  }
  checkTable(view, start, { shape: header, depth: 0, budget });
  return fieldAt(view, root, 3, (at) => view.getBigInt64(at, true)) ?? 0n;
}

/** What `read` gives for the place of a field, or undefined where the table has none. */
function fieldAt<T>(view: DataView, table: number, field: number, read: (at: number) => T): T | undefined {
  const vtable = table - view.getInt32(table, true);
  // As the library looks it up, which takes a field for there whose place is only half within the table.
  if (4 + field * 2 >= view.getInt16(vtable, true)) {
    return undefined;
  }
  const offset = view.getUint16(vtable + 4 + field * 2, true);
  return offset === 0 ? undefined : read(table + offset);
}

interface TableCheck {
  shape: TableShape;
  depth: number;
  budget: { tables: number };
}

function checkTable(view: DataView, table: number, { shape, depth, budget }: TableCheck): void {
  budget.tables -= 1;
  if (depth > deepest || budget.tables < 0) {
    throw new Error("a message is nested too deep");
  }
  const follow = (at: number, inner: TableShape): void =>
    checkTable(view, at + view.getUint32(at, true), { shape: inner, depth: depth + 1, budget });
  // Of a type it is known by its number which shape it has.
  const type =
    shape === field ? typeShapes[fieldAt(view, table, 2, (at) => view.getUint8(at)) ?? 0] : undefined;
  fieldAt(view, table, 3, (at) => type !== undefined && follow(at, type));
  for (const [index, inner] of Object.entries(shape.tables ?? {})) {
    fieldAt(view, table, Number(index), (at) => follow(at, inner));
  }
  for (const [index, size] of Object.entries(shape.valueVectors ?? {})) {
    fieldAt(view, table, Number(index), (at) => vectorAt(view, at, size));
  }
  for (const [index, inner] of Object.entries(shape.tableVectors ?? {})) {
    const vector = fieldAt(view, table, Number(index), (at) => vectorAt(view, at, 4));
    for (let item = 0; item < (vector?.length ?? 0); item += 1) {
      follow(vector!.start + item * 4, inner);
    }
  }
}

/** The vector that a field leads to, whose items are of so many bytes. */
function vectorAt(view: DataView, at: number, size: number): { start: number; length: number } {
  const start = at + view.getUint32(at, true);
  const length = view.getUint32(start, true);
  if (start + 4 + length * size > view.byteLength) {
    throw new Error("a message has more items than room");
  }
  return { start: start + 4, length };
}
