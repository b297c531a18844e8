import type { Data, DataType, Field, Vector } from "apache-arrow";
import { binaryValue } from "../binary-value.ts";
import { floatCell, jsonCell, textCell, untypedCell } from "../cell-value.ts";
import { exactDecimal, exactInteger, type LooseJson, NumberToken, setMember } from "../exact-json.ts";
import { isoDate, isoTimeOfDay, isoTimestamp, type TimeUnitsInSecond } from "../iso-time.ts";
import type { RowNotes } from "../table-row.ts";

type Arrow = typeof import("apache-arrow");

/** Makes JSON of the value at an index of a column. */
export type CellConverter = (data: Data, index: number, notes: RowNotes) => LooseJson;

/** What a field is converted with. */
interface FieldContext {
  arrow: Arrow;
  /** The column and the fields in it, for issues. */
  path: string;
  depth: number;
}

/** More than any real schema; keeps recursion over it harmless. */
const deepestSchema = 64;

/** The converter of a column, by its type (https://arrow.apache.org/docs/format/Columnar.html). */
export function cellConverter(
  arrow: Arrow,
  field: Field,
  path: string = field.name,
  depth = 0,
): CellConverter {
  if (depth > deepestSchema) {
    throw new Error("its schema is nested too deep");
  }
  const convert =
    field.metadata.get("ARROW:extension:name") === "arrow.json"
      ? jsonConverter(arrow, field, path)
      : typeConverter(field.type, { arrow, path, depth });
  return (data, index, notes) => (data.getValid(index) ? convert(data, index, notes) : null);
}

function jsonConverter(arrow: Arrow, field: Field, path: string): CellConverter {
  const text = typeConverter(field.type, { arrow, path, depth: 0 });
  return (data, index, notes) => {
    const content = text(data, index, notes);
    return typeof content === "string" ? jsonCell(content) : content;
  };
}

function typeConverter(type: DataType, context: FieldContext): CellConverter {
  const { Type } = context.arrow;
  switch (type.typeId) {
    case Type.List:
    case Type.LargeList:
    case Type.FixedSizeList:
      return listConverter(type, context);
    case Type.Struct:
      return structConverter(type, context);
    case Type.Map:
      return mapConverter(type, context);
    case Type.Dictionary:
      return dictionaryConverter(type, context);
    case Type.Utf8:
    case Type.LargeUtf8:
      return (data, index, notes) => textCell(bytesAt(data, index, notes), notes, context.path);
    case Type.Binary:
    case Type.LargeBinary:
      return (data, index, notes) => untypedCell(bytesAt(data, index, notes));
    case Type.Null:
      return () => null;
    default:
      return counted(scalarConverter(type, context.arrow));
  }
}

function counted(convert: (data: Data, index: number) => LooseJson): CellConverter {
  return (data, index, notes) => {
    notes.bytes += 8;
    const value = convert(data, index);
    notes.hasTokens ||= value instanceof NumberToken;
    return value;
  };
}

function bytesAt({ values, valueOffsets }: Data, index: number, notes: RowNotes): Uint8Array {
  const bytes = (values as Uint8Array).subarray(Number(valueOffsets[index]), Number(valueOffsets[index + 1]));
  notes.bytes += bytes.length;
  return bytes;
}

function child(field: Field, context: FieldContext, name?: string): CellConverter {
  const path = name === undefined ? context.path : `${context.path}.${name}`;
  return cellConverter(context.arrow, field, path, context.depth + 1);
}

function listConverter(type: DataType, context: FieldContext): CellConverter {
  const item = child(type.children[0] as Field, context);
  const size = (type as { listSize?: number }).listSize;
  return (data, index, notes) => {
    const items = data.children[0] as Data;
    const start = size === undefined ? Number(data.valueOffsets[index]) : size * index;
    const end = size === undefined ? Number(data.valueOffsets[index + 1]) : start + size;
    checkRange(items, start, end);
    return Array.from({ length: end - start }, (_, at) => item(items, start + at, notes));
  };
}

/** Offsets are data: they must stay within what they point to. */
function checkRange(items: Data, start: number, end: number): void {
  if (!(start >= 0 && start <= end && end <= items.length)) {
    throw new Error("a list reaches beyond its items");
  }
}

function structConverter(type: DataType, context: FieldContext): CellConverter {
  const members = (type.children as Field[]).map((field) => ({
    name: field.name,
    convert: child(field, context, field.name),
  }));
  return (data, index, notes) => {
    const object: { [key: string]: LooseJson } = {};
    for (let member = 0; member < members.length; member += 1) {
      const { name, convert } = members[member]!;
      setMember(object, name, convert(data.children[member] as Data, index, notes));
    }
    return object;
  };
}

/** A map becomes an object; a key that is no text becomes its JSON. */
function mapConverter(type: DataType, context: FieldContext): CellConverter {
  const [key, value] = ((type.children[0] as Field).type.children as Field[]).map((field) =>
    child(field, context),
  ) as [CellConverter, CellConverter];
  return (data, index, notes) => {
    const [start, end] = [Number(data.valueOffsets[index]), Number(data.valueOffsets[index + 1])];
    const [keys, values] = (data.children[0] as Data).children as [Data, Data];
    checkRange(keys, start, end);
    const object: { [key: string]: LooseJson } = {};
    for (let at = start; at < end; at += 1) {
      const name = key(keys, at, notes);
      const text =
        name instanceof NumberToken ? name.text : typeof name === "string" ? name : JSON.stringify(name);
      setMember(object, text, value(values, at, notes));
    }
    return object;
  };
}

function dictionaryConverter(type: DataType, context: FieldContext): CellConverter {
  const { dictionary } = type as { dictionary?: DataType };
  const convert = typeConverter(dictionary!, { ...context, depth: context.depth + 1 });
  return (data, index, notes) => {
    let at = Number(data.values[index]);
    for (const part of (data.dictionary as Vector).data) {
      if (at < part.length) {
        return part.getValid(at) ? convert(part, at, notes) : null;
      }
      at -= part.length;
    }
    throw new Error("a dictionary has no such value");
  };
}

const unitsInSecond: readonly TimeUnitsInSecond[] = [1, 1_000, 1_000_000, 1_000_000_000];

type TypeDetails = { unit: number; timezone?: string | null; scale: number; bitWidth: number };

function scalarConverter(type: DataType, arrow: Arrow): (data: Data, index: number) => LooseJson {
  const { Precision, Type, Vector } = arrow;
  const { unit, timezone, scale, bitWidth } = type as unknown as TypeDetails;
  const general = (data: Data, index: number): unknown => new Vector([data]).get(index);
  switch (type.typeId) {
    case Type.Int:
    case Type.Duration:
      return ({ values }, index) => integer(values[index] as number | bigint);
    case Type.Bool:
      return ({ values, offset }, index) =>
        ((values[(offset + index) >> 3] as number) & (1 << ((offset + index) & 7))) !== 0;
    case Type.Float:
      return (type as unknown as { precision: number }).precision === Precision.HALF
        ? (data, index) => floatCell(general(data, index))
        : ({ values }, index) => floatCell(values[index]);
    case Type.Timestamp:
      return ({ values }, index) =>
        isoTimestamp(BigInt(values[index]), unitsInSecond[unit]!, (timezone ?? "") !== "");
    case Type.Time:
      return ({ values }, index) => isoTimeOfDay(BigInt(values[index]), unitsInSecond[unit]!);
    case Type.Date:
      return (data, index) => isoDate(Math.floor(Number(general(data, index)) / 86_400_000));
    case Type.Decimal:
      return ({ values }, index) => exactDecimal(wideInteger(values as Uint32Array, index, bitWidth), scale);
    default:
      return (data, index) => generalCell(general(data, index));
  }
}

function integer(value: number | bigint): number | NumberToken {
  return typeof value === "bigint" ? exactInteger(value) : value;
}

function wideInteger(words: Uint32Array, index: number, bitWidth: number): bigint {
  const count = bitWidth / 32;
  let value = 0n;
  for (let word = count - 1; word >= 0; word -= 1) {
    value = (value << 32n) | BigInt(words[index * count + word]! >>> 0);
  }
  return BigInt.asIntN(bitWidth, value);
}

/** What the library gives for types that are rare: views, unions, intervals. */
function generalCell(value: unknown): LooseJson {
  if (value === null || typeof value === "string" || typeof value === "boolean") {
    return value;
  }
  if (typeof value === "bigint") {
    return exactInteger(value);
  }
  if (value instanceof Uint8Array) {
    return binaryValue(value);
  }
  return typeof value === "number" ? floatCell(value) : (JSON.parse(JSON.stringify(value)) as LooseJson);
}
