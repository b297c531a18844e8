import { DataError } from "@dpo-kit/schema";
import type { FileMetaData, RowGroup, SchemaElement, SchemaTree } from "hyparquet";
import type { RandomAccess } from "../random-access.ts";
import { checkThrift } from "./check-thrift.ts";

/** What a Parquet file says of itself, and its schema under names of our own. */
export interface ParquetMetadata {
  rowGroups: readonly RowGroup[];
  rows: number;
  keyValues: ReadonlyMap<string, string>;
  /** The top-level columns, in order. */
  columns: readonly ParquetNode[];
}

/**
 * A field of the schema. `plain` is the same field for the decoder: without logical types, so that it gives stored
 * values, and under a name (`f0`, `f1` …) that is neither twice there nor special to JavaScript.
 */
export interface ParquetNode {
  name: string;
  element: SchemaElement;
  children: readonly ParquetNode[];
  plain: SchemaTree;
  /** The fields from the root to this one, as the decoder takes them. */
  plainPath: readonly SchemaTree[];
  /** Where this is a leaf: the index of its chunk in each row group. */
  leaf?: number;
}

/** What is read of the end of a file at first: the footers of most files are smaller. */
const tailBytes = 1 << 19;
/** More than any real footer: thousands of row groups of hundreds of columns take some tens of MiB. */
const largestFooter = 1 << 28;
/** More than any real schema; keeps recursion over it harmless. */
const deepestSchema = 64;

/** The error of a file that is damaged. */
export function parquetDamaged(what: string, source: string, cause?: unknown): DataError {
  return new DataError("IO_PARQUET_DAMAGED", { message: what, location: { source }, cause });
}

/** Runs what decodes parts of a file: whatever it throws means that the file is damaged. */
export function orDamaged<T>(source: string, decode: () => T): T {
  try {
    return decode();
  } catch (error) {
    if (DataError.isInstance(error)) {
      throw error;
    }
    throw parquetDamaged(`The Parquet file is damaged: ${(error as Error).message}`, source, error);
  }
}

/**
 * Reads the footer.
 * @throws IO_PARQUET_DAMAGED IO_UNSUPPORTED_FORMAT
 */
export async function readParquetMetadata(file: RandomAccess, source: string): Promise<ParquetMetadata> {
  const footer = await readFooter(file, source);
  const { parquetMetadata, parquetSchema } = await import("hyparquet/src/metadata.js");
  return orDamaged(source, () => {
    checkThrift(footer.subarray(0, -8));
    const metadata = parquetMetadata(footer, { parsers: noParsers, geoparquet: false });
    const elements = metadata.schema;
    const plain = parquetSchema({ schema: elements.map(plainElement) });
    const root = nodesOf(elements, plain);
    checkRowGroups(metadata, root);
    return {
      rowGroups: metadata.row_groups,
      rows: Number(metadata.num_rows),
      keyValues: new Map((metadata.key_value_metadata ?? []).map(({ key, value }) => [key, value ?? ""])),
      columns: root.children,
    };
  });
}

async function readFooter(file: RandomAccess, source: string): Promise<Uint8Array> {
  const tailStart = Math.max(0, file.byteLength - tailBytes);
  const tail = new Uint8Array(await file.slice(tailStart, file.byteLength));
  if (tail.length !== file.byteLength - tailStart || tail.length < 12) {
    throw parquetDamaged("The Parquet file is cut off", source);
  }
  const magic = String.fromCharCode(...tail.subarray(-4));
  if (magic === "PARE") {
    throw new DataError("IO_UNSUPPORTED_FORMAT", {
      message: "The file is an encrypted Parquet file",
      location: { source },
      hint: "Decrypt it with the program that wrote it, and give the result.",
    });
  }
  if (magic !== "PAR1") {
    throw parquetDamaged("The Parquet file does not end with its footer: it is cut off", source);
  }
  const length = new DataView(tail.buffer, tail.byteOffset).getUint32(tail.length - 8, true) + 8;
  if (length > file.byteLength || length > largestFooter) {
    throw parquetDamaged("The Parquet file states a footer longer than it can be", source);
  }
  if (length <= tail.length) {
    return tail.subarray(tail.length - length);
  }
  return new Uint8Array(await file.slice(file.byteLength - length, file.byteLength));
}

/** Statistics are not used, and what they hold need not be whole values: they are not parsed. */
const noParsers = {
  timestampFromMilliseconds: () => undefined,
  timestampFromMicroseconds: () => undefined,
  timestampFromNanoseconds: () => undefined,
  dateFromDays: () => undefined,
  stringFromBytes: () => undefined,
  jsonFromBytes: () => undefined,
  geometryFromBytes: () => undefined,
  geographyFromBytes: () => undefined,
  uuidFromBytes: () => undefined,
};

function plainElement(element: SchemaElement, index: number, all: readonly SchemaElement[]): SchemaElement {
  const { type, type_length, repetition_type, num_children } = element;
  return {
    name: `f${index}`,
    ...(type === undefined ? {} : { type }),
    ...(type_length === undefined ? {} : { type_length }),
    ...(repetition_type === undefined ? {} : { repetition_type }),
    ...(num_children === undefined ? {} : { num_children }),
    ...(isThreeLevelList(element, all[index + 1]) ? { converted_type: "LIST" as const } : {}),
  };
}

/**
 * Whether a list has the repeated group between itself and its items that today's writers give it. In older files
 * the repeated field is the item (https://github.com/apache/parquet-format/blob/master/LogicalTypes.md#lists).
 */
function isThreeLevelList(element: SchemaElement, repeated: SchemaElement | undefined): boolean {
  return (
    isList(element) &&
    repeated?.num_children === 1 &&
    repeated.name !== "array" &&
    !repeated.name.endsWith("_tuple")
  );
}

/** Whether a field is annotated as a list. */
export function isList({ converted_type, logical_type }: SchemaElement): boolean {
  return converted_type === "LIST" || logical_type?.type === "LIST";
}

/** The nodes of the schema, whose elements stand in a list in depth-first order. */
function nodesOf(elements: readonly SchemaElement[], plainRoot: SchemaTree): ParquetNode {
  let leaves = 0;
  let index = 0;
  const nodeOf = (plain: SchemaTree, above: readonly SchemaTree[]): ParquetNode => {
    if (above.length > deepestSchema) {
      throw new Error("its schema is nested too deep");
    }
    const element = elements[index]!;
    index += 1;
    const plainPath = [...above, plain];
    const isLeaf = plain.children.length === 0;
    if (isLeaf && element.type === undefined) {
      throw new Error(`the column ${element.name} has no type`);
    }
    const leaf = isLeaf ? leaves++ : undefined;
    const children = plain.children.map((child) => nodeOf(child, plainPath));
    return {
      name: element.name,
      element,
      children,
      plain,
      plainPath,
      ...(leaf === undefined ? {} : { leaf }),
    };
  };
  const root = plainRoot.children.length === 0 ? undefined : nodeOf(plainRoot, []);
  if (root === undefined) {
    throw new Error("it has no columns");
  }
  return root;
}

function checkRowGroups(metadata: FileMetaData, root: ParquetNode): void {
  const leaves = leavesOf(root).length;
  let rows = 0n;
  for (const group of metadata.row_groups) {
    if (group.columns.length !== leaves) {
      throw new Error("a row group has not the columns of the schema");
    }
    if (group.num_rows < 0n) {
      throw new Error("a row group has fewer rows than none");
    }
    rows += group.num_rows;
  }
  if (rows !== metadata.num_rows || rows > BigInt(Number.MAX_SAFE_INTEGER)) {
    throw new Error("its row groups have not as many rows as it says");
  }
}

/** The leaves below a node, in order: what is stored as columns. */
export function leavesOf(node: ParquetNode): ParquetNode[] {
  return node.leaf === undefined ? node.children.flatMap(leavesOf) : [node];
}
