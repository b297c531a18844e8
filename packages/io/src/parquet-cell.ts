import { carriedJsonText, type JsonObject, type JsonValue } from "@dpo-kit/schema";
import type { ColumnSource } from "hyparquet-writer";
import { objectOf } from "./exact-json.ts";
import type { ParquetColumn } from "./parquet-column.ts";

/** Gathers the rows of a row group, column by column. */
export interface CellWriter {
  readonly rows: number;
  /** Of texts, in UTF-16 code units; 8 for any other value. */
  readonly characters: number;
  /** @throws TypeError for a value that its column cannot hold, and for a member that has no column. */
  add(row: JsonObject): void;
  /** Gives what was gathered, and begins anew. */
  take(): ColumnSource[];
}

type Cell = string | boolean | bigint | Uint8Array | null | Cell[] | { [name: string]: Cell };

/** Gathers rows for these columns. */
export function createCellWriter(columns: readonly ParquetColumn[]): CellWriter {
  const encoder = new TextEncoder();
  let data: Cell[][] = columns.map(() => []);
  let rows = 0;
  let characters = 0;

  function cellOf(column: ParquetColumn, value: JsonValue | undefined): Cell {
    if (value === null || value === undefined) {
      return null;
    }
    if ("struct" in column) {
      return structOf(column.struct, value, column.name);
    }
    if ("list" in column) {
      return listOf(column, value, (item) => structOf(column.list, item, column.name));
    }
    const cell = leafOf(column, value, encoder);
    characters += typeof cell === "string" || cell instanceof Uint8Array ? cell.length : 8;
    return cell;
  }
  function structOf(members: readonly ParquetColumn[], value: JsonValue, name: string): Cell {
    const object = objectIn(value, members, name);
    return objectOf(members.map((member) => [member.name, cellOf(member, own(object, member.name))]));
  }
  return {
    get rows() {
      return rows;
    },
    get characters() {
      return characters;
    },
    add(row) {
      const object = objectIn(row, columns, "a row");
      const cells = columns.map((column) => cellOf(column, own(object, column.name)));
      for (const [index, cell] of cells.entries()) {
        data[index]!.push(cell);
      }
      rows += 1;
    },
    take() {
      const taken = columns.map(({ name }, index) => ({ name, data: data[index]! }));
      data = columns.map(() => []);
      rows = 0;
      characters = 0;
      return taken;
    },
  };
}

function own(object: JsonObject, name: string): JsonValue | undefined {
  return Object.hasOwn(object, name) ? object[name] : undefined;
}

/** The object itself. Nothing is left out silently: each of its members has a column. */
function objectIn(value: JsonValue, columns: readonly ParquetColumn[], name: string): JsonObject {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new TypeError(`${name} is not an object`);
  }
  const stray = Object.keys(value).find((key) => columns.every((column) => column.name !== key));
  if (stray !== undefined) {
    throw new TypeError(`${name} has a member ${JSON.stringify(stray)}, for which there is no column`);
  }
  return value;
}

function listOf(column: ParquetColumn, value: JsonValue, cellOf: (item: JsonValue) => Cell): Cell[] {
  if (!Array.isArray(value)) {
    throw new TypeError(`${column.name} is not a list`);
  }
  return value.map((item) => (item === null ? null : cellOf(item)));
}

function leafOf(
  { name, type }: Extract<ParquetColumn, { type: unknown }>,
  value: JsonValue,
  encoder: TextEncoder,
): string | boolean | bigint | Uint8Array {
  if (type === "json") {
    return encoder.encode(carriedJsonText(value));
  }
  if (type === "int64" && Number.isSafeInteger(value)) {
    return BigInt(value as number);
  }
  if (type === "string" ? typeof value === "string" : type === "bool" && typeof value === "boolean") {
    return value as string | boolean;
  }
  throw new TypeError(`${name} holds ${typeof value}, not ${type}`);
}
