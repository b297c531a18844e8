import type { SchemaElement } from "hyparquet";
import { isList, type ParquetNode } from "./parquet-metadata.ts";

/** The type of a column in words, as Arrow names them. */
export function parquetTypeName(node: ParquetNode): string {
  const name = node.leaf === undefined ? groupTypeName(node) : leafTypeName(node.element);
  return node.element.repetition_type === "REPEATED" ? `list<${name}>` : name;
}

function groupTypeName(node: ParquetNode): string {
  const [only] = node.children;
  if (node.plain.element.converted_type === "LIST") {
    return `list<${parquetTypeName(only!.children[0]!)}>`;
  }
  if (isList(node.element) && node.children.length === 1) {
    return parquetTypeName(only!);
  }
  if (
    (node.element.converted_type ?? node.element.logical_type?.type) === "MAP" &&
    only!.children.length === 2
  ) {
    return `map<${only!.children.map(parquetTypeName).join(", ")}>`;
  }
  return `struct<${node.children.map((child) => `${child.name}: ${parquetTypeName(child)}`).join(", ")}>`;
}

const physicalNames: Record<string, string> = {
  BOOLEAN: "bool",
  INT32: "int32",
  INT64: "int64",
  INT96: "timestamp",
  FLOAT: "float",
  DOUBLE: "double",
  BYTE_ARRAY: "binary",
  FIXED_LEN_BYTE_ARRAY: "binary",
};

function leafTypeName({ type, converted_type, logical_type }: SchemaElement): string {
  const logical = logical_type?.type;
  if (logical === "STRING" || converted_type === "UTF8") {
    return "string";
  }
  if (logical === "INTEGER" && logical_type?.type === "INTEGER") {
    return `${logical_type.isSigned ? "" : "u"}int${logical_type.bitWidth}`;
  }
  const name = logical ?? converted_type;
  return name === undefined ? physicalNames[type!]! : name.toLowerCase().replace(/_(?=\d)/u, "");
}
