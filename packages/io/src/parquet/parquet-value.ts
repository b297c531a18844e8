import type { SchemaElement } from "hyparquet";
import { parseFloat16 } from "hyparquet/src/convert.js";
import { binaryValue } from "../binary-value.ts";
import { floatCell, jsonCell, textCell, untypedCell } from "../cell-value.ts";
import { exactDecimal, exactInteger, type LooseJson, NumberToken, setMember } from "../exact-json.ts";
import { isoDate, isoTimeOfDay, isoTimestamp, type TimeUnitsInSecond } from "../iso-time.ts";
import type { RowNotes } from "../table-row.ts";
import { isList, type ParquetNode } from "./parquet-metadata.ts";

/** Makes JSON of a stored value. */
export type ValueConverter = (stored: unknown, notes: RowNotes) => LooseJson;

/** Makes JSON of a text in UTF-8; the path tells where it stands. */
export type TextConverter = (bytes: Uint8Array, notes: RowNotes, path: string) => LooseJson;

/** What a converter is for. */
interface Place {
  /** The column, and the names in it. */
  path: string;
  text: TextConverter;
}

/** The converter of a top-level column, or of anything in it. */
export function valueConverter(node: ParquetNode, text: TextConverter = textCell): ValueConverter {
  return converterAt(node, { path: node.name, text });
}

function converterAt(node: ParquetNode, place: Place): ValueConverter {
  const single = node.leaf === undefined ? groupConverter(node, place) : leafConverter(node.element, place);
  return node.element.repetition_type === "REPEATED" ? listOf(single) : orNull(single);
}

function orNull(convert: ValueConverter): ValueConverter {
  return (stored, notes) => (stored === null || stored === undefined ? null : convert(stored, notes));
}

function listOf(convert: ValueConverter): ValueConverter {
  const item = orNull(convert);
  return (stored, notes) => {
    const items = (stored ?? []) as ArrayLike<unknown>;
    return Array.from(items, (value) => item(value, notes));
  };
}

function groupConverter(node: ParquetNode, place: Place): ValueConverter {
  const { element, children } = node;
  const [only] = children;
  const isOne = children.length === 1 && only!.element.repetition_type === "REPEATED";
  if (node.plain.element.converted_type === "LIST" && isOne) {
    return listOf(converterAt(only!.children[0]!, place));
  }
  if (isOne && (isList(element) || isMap(node))) {
    const convert = isMap(node) ? mapConverter(only!, place) : converterAt(only!, place);
    return (stored, notes) => convert((stored as Record<string, unknown>)[only!.plain.element.name], notes);
  }
  return structConverter(node, place);
}

function isMap({ element, children }: ParquetNode): boolean {
  const { converted_type, logical_type } = element;
  const isAnnotated =
    converted_type === "MAP" || converted_type === "MAP_KEY_VALUE" || logical_type?.type === "MAP";
  return isAnnotated && children[0]?.children.length === 2;
}

function structConverter(node: ParquetNode, { path, text }: Place): ValueConverter {
  const members = node.children.map((child) => ({
    name: child.name,
    stored: child.plain.element.name,
    convert: converterAt(child, { path: path === "" ? child.name : `${path}.${child.name}`, text }),
  }));
  return (stored, notes) => {
    const object: { [key: string]: LooseJson } = {};
    for (const { name, stored: from, convert } of members) {
      setMember(object, name, convert((stored as Record<string, unknown>)[from], notes));
    }
    return object;
  };
}

/** A map becomes an object; a key that is no text becomes its JSON. */
function mapConverter(entry: ParquetNode, place: Place): ValueConverter {
  const [key, value] = entry.children as [ParquetNode, ParquetNode];
  const convertKey = converterAt(key, { ...place, text: textCell });
  const convertValue = converterAt(value, place);
  return (stored, notes) => {
    const object: { [key: string]: LooseJson } = {};
    for (const pair of (stored ?? []) as Record<string, unknown>[]) {
      const name = convertKey(pair[key.plain.element.name], notes);
      const text =
        name instanceof NumberToken ? name.text : typeof name === "string" ? name : JSON.stringify(name);
      setMember(object, text, convertValue(pair[value.plain.element.name], notes));
    }
    return object;
  };
}

/** The converter of a stored value, by its logical type (https://github.com/apache/parquet-format/blob/master/LogicalTypes.md). */
function leafConverter(element: SchemaElement, place: Place): ValueConverter {
  switch (element.type) {
    case "BYTE_ARRAY":
    case "FIXED_LEN_BYTE_ARRAY":
      return bytesConverter(element, place);
    case "INT32":
    case "INT64":
      return counted(integerConverter(element));
    case "INT96":
      return counted((stored) => int96Timestamp(stored as bigint));
    case "BOOLEAN":
      return counted((stored) => stored as boolean);
    default:
      return counted(floatCell);
  }
}

function counted(convert: (stored: unknown) => LooseJson): ValueConverter {
  return (stored, notes) => {
    notes.bytes += 8;
    const value = convert(stored);
    notes.hasTokens ||= value instanceof NumberToken;
    return value;
  };
}

function integerConverter({ converted_type, logical_type, scale, type }: SchemaElement) {
  const decimal = logical_type?.type === "DECIMAL" ? logical_type.scale : scale;
  if (converted_type === "DECIMAL" || logical_type?.type === "DECIMAL") {
    return (stored: unknown) => exactDecimal(BigInt(stored as number | bigint), decimal ?? 0);
  }
  if (converted_type === "DATE" || logical_type?.type === "DATE") {
    return (stored: unknown) => isoDate(Number(stored));
  }
  const time = timeOf(converted_type, logical_type);
  if (time !== undefined) {
    const { perSecond, isMoment, zoned } = time;
    return (stored: unknown) => {
      const count = BigInt(stored as number | bigint);
      return isMoment ? isoTimestamp(count, perSecond, zoned) : isoTimeOfDay(count, perSecond);
    };
  }
  const isUnsigned =
    converted_type?.startsWith("UINT") === true ||
    (logical_type?.type === "INTEGER" && !logical_type.isSigned);
  if (type === "INT64") {
    return (stored: unknown) =>
      exactInteger(isUnsigned ? BigInt.asUintN(64, stored as bigint) : (stored as bigint));
  }
  return (stored: unknown) => (isUnsigned ? (stored as number) >>> 0 : (stored as number));
}

const unitsInSecond = { MILLIS: 1_000, MICROS: 1_000_000, NANOS: 1_000_000_000 } as const;

function timeOf(
  converted: SchemaElement["converted_type"],
  logical: SchemaElement["logical_type"],
): { perSecond: TimeUnitsInSecond; isMoment: boolean; zoned: boolean } | undefined {
  if (logical?.type === "TIMESTAMP" || logical?.type === "TIME") {
    const isMoment = logical.type === "TIMESTAMP";
    return { perSecond: unitsInSecond[logical.unit], isMoment, zoned: logical.isAdjustedToUTC };
  }
  const match = /^(TIME|TIMESTAMP)_(MILLIS|MICROS)$/u.exec(converted ?? "");
  if (match === null) {
    return undefined;
  }
  // The older annotation is always UTC.
  return {
    perSecond: unitsInSecond[match[2] as "MILLIS" | "MICROS"],
    isMoment: match[1] === "TIMESTAMP",
    zoned: true,
  };
}

/** The oldest form of a timestamp: a Julian day and nanoseconds of the day, of no stated zone. */
function int96Timestamp(stored: bigint): LooseJson {
  const days = BigInt.asIntN(32, stored >> 64n) - 2_440_588n;
  const nanoseconds = stored & 0xffff_ffff_ffff_ffffn;
  return isoTimestamp(days * 86_400_000_000_000n + nanoseconds, 1_000_000_000, false);
}

function bytesConverter(
  { converted_type, logical_type, scale, type }: SchemaElement,
  { path, text }: Place,
): ValueConverter {
  const convert = (bytes: Uint8Array, notes: RowNotes): LooseJson => {
    switch (logical_type?.type ?? converted_type) {
      case "STRING":
      case "UTF8":
      case "ENUM":
        return text(bytes, notes, path);
      case "JSON":
        return jsonCell(textCell(bytes, notes, path));
      case "DECIMAL":
        return exactDecimal(signedInteger(bytes), decimalScale);
      case "UUID":
        return uuid(bytes);
      case "FLOAT16":
        return floatCell(parseFloat16(bytes));
      default:
        return type === "BYTE_ARRAY" ? untypedCell(bytes) : binaryValue(bytes);
    }
  };
  const decimalScale = (logical_type?.type === "DECIMAL" ? logical_type.scale : scale) ?? 0;
  return (stored: unknown, notes: RowNotes): LooseJson => {
    const bytes = stored as Uint8Array;
    notes.bytes += bytes.length;
    const value = convert(bytes, notes);
    notes.hasTokens ||= value instanceof NumberToken;
    return value;
  };
}

function signedInteger(bytes: Uint8Array): bigint {
  let value = 0n;
  for (const byte of bytes) {
    value = (value << 8n) | BigInt(byte);
  }
  return BigInt.asIntN(bytes.length * 8, value);
}

function uuid(bytes: Uint8Array): string {
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/u, "$1-$2-$3-$4-");
}
