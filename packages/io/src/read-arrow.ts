import { DataError } from "@dpo-kit/schema";
import type { Data, Field, RecordBatch, RecordBatchReader, Schema } from "apache-arrow";
import { type CellConverter, cellConverter } from "./arrow/arrow-value.ts";
import { checkBatch } from "./arrow/check-batch.ts";
import { readMessages } from "./arrow/read-messages.ts";
import { type LooseJson, setMember } from "./exact-json.ts";
import { datasetFeatures, type TableColumn } from "./parquet-schema.ts";
import { peekChunks } from "./peek-chunks.ts";
import { finishRow, type RowNotes, type TableRow } from "./table-row.ts";

/** One row of Arrow data. */
export type ArrowRow = TableRow;

/** How Arrow data is read. */
export interface ReadArrowOptions {
  /** The source's name, for locations. Default: `input`. */
  source?: string;
  /** The top-level columns to give, by name. Default: all. */
  columns?: readonly string[];
}

/** What Arrow data says of itself. */
export interface ArrowSchema {
  /** The top-level columns, in order. */
  columns: readonly TableColumn[];
  /** What its writer left in it by key. */
  metadata: ReadonlyMap<string, string>;
  /** The features of a dataset of the Hugging Face `datasets` library, as of a Parquet file. */
  features?: ReturnType<typeof datasetFeatures>;
}

/**
 * Reads Arrow data (https://arrow.apache.org/docs/format/Columnar.html), the stream format and the file format, a
 * record batch at a time: memory is bounded by the largest batch. Values become JSON as those of `readParquet` do.
 * A row with a text that is not valid UTF-8 has an issue and no value.
 *
 * @throws IO_ARROW_DAMAGED IO_COLUMN_UNKNOWN IO_UNSUPPORTED_FORMAT
 */
export async function* readArrow(
  chunks: AsyncIterable<Uint8Array>,
  options: ReadArrowOptions = {},
): AsyncGenerator<ArrowRow, void, undefined> {
  const { source = "input" } = options;
  const opened = await openArrow(chunks, source);
  let ordinal = 0;
  try {
    const columns = chooseColumns(opened, options);
    for (let batch = await opened.next(); batch !== undefined; batch = await opened.next()) {
      for (let index = 0; index < batch.numRows; index += 1) {
        yield opened.decode(() => rowOf(batch!, index, { columns, source, ordinal }));
        ordinal += 1;
      }
    }
  } finally {
    await opened.close();
  }
}

/**
 * Reads what Arrow data says of itself, and none of its rows.
 * @throws IO_ARROW_DAMAGED IO_UNSUPPORTED_FORMAT
 */
export async function arrowSchema(
  chunks: AsyncIterable<Uint8Array>,
  options: { source?: string } = {},
): Promise<ArrowSchema> {
  const opened = await openArrow(chunks, options.source ?? "input");
  await opened.close();
  const { fields, metadata } = opened.schema;
  const features = datasetFeatures(metadata.get("huggingface"));
  return {
    columns: fields.map(({ name, type, nullable }) => ({ name, type: typeName(type), nullable })),
    metadata,
    ...(features === undefined ? {} : { features }),
  };
}

interface Column {
  name: string;
  index: number;
  convert: CellConverter;
}

interface RowPlace {
  columns: readonly Column[];
  source: string;
  ordinal: number;
}

function rowOf(batch: RecordBatch, index: number, { columns, ...place }: RowPlace): ArrowRow {
  const notes: RowNotes = { bytes: 0, hasTokens: false };
  const row: { [key: string]: LooseJson } = {};
  for (const column of columns) {
    setMember(row, column.name, column.convert(batch.data.children[column.index] as Data, index, notes));
  }
  return finishRow(row, notes, place);
}

function chooseColumns(opened: OpenedArrow, { columns, source = "input" }: ReadArrowOptions): Column[] {
  const { fields } = opened.schema;
  const unknown = columns?.find((name) => !fields.some((field) => field.name === name));
  if (unknown !== undefined) {
    throw new DataError("IO_COLUMN_UNKNOWN", {
      message: `The data has no column ${unknown}`,
      location: { source },
      hint: `Its columns: ${fields.map(({ name }) => name).join(", ")}`,
    });
  }
  return fields
    .map((field, index) => ({ name: field.name, index, field }))
    .filter(({ name }) => columns?.includes(name) ?? true)
    .map(({ name, index, field }) => ({
      name,
      index,
      convert: opened.decode(() => cellConverter(opened.arrow, field as Field)),
    }));
}

interface OpenedArrow {
  arrow: typeof import("apache-arrow");
  schema: Schema;
  next(): Promise<RecordBatch | undefined>;
  /** Runs what decodes: whatever it throws means that the data is damaged. */
  decode<T>(act: () => T): T;
  close(): Promise<void>;
}

async function openArrow(chunks: AsyncIterable<Uint8Array>, source: string): Promise<OpenedArrow> {
  const arrow = await import("apache-arrow");
  await registerZstd(arrow);
  const peeked = await peekChunks(chunks, 8);
  refuseOldFeather(peeked.head, source);
  const isFile = String.fromCharCode(...peeked.head.subarray(0, 6)) === "ARROW1";
  let sourceError: { error: unknown } | undefined;
  const asDamaged = (error: unknown): unknown => {
    if (sourceError?.error === error || DataError.isInstance(error)) {
      return error;
    }
    const { message } = error as Error;
    if (message.includes("codec not found")) {
      return unsupportedCompression(source);
    }
    return isFile && message.includes("Expected Schema Message")
      ? schemaAtEnd(source)
      : new DataError("IO_ARROW_DAMAGED", {
          message: `The Arrow data is damaged: ${message}`,
          location: { source },
          cause: error,
        });
  };
  const watched: AsyncIterator<Uint8Array> = {
    next: () =>
      peeked.chunks.next().catch((error) => {
        sourceError = { error };
        throw error;
      }),
  };
  const bytes = readMessages(watched, isFile);
  const close = async (): Promise<void> => {
    await bytes.return();
    await peeked.chunks.return();
  };
  try {
    const reader = await openReader(arrow, bytes);
    return {
      arrow,
      schema: reader.schema,
      close,
      async next() {
        try {
          const { done, value } = await reader.next();
          if (done === true) {
            return undefined;
          }
          checkBatch(arrow, value as RecordBatch);
          return value as RecordBatch;
        } catch (error) {
          throw asDamaged(error);
        }
      },
      decode(act) {
        try {
          return act();
        } catch (error) {
          throw asDamaged(error);
        }
      },
    };
  } catch (error) {
    await close();
    throw asDamaged(error);
  }
}

async function openReader(
  arrow: typeof import("apache-arrow"),
  bytes: AsyncIterable<Uint8Array>,
): Promise<RecordBatchReader> {
  const reader = (await arrow.RecordBatchReader.from(bytes)) as RecordBatchReader;
  await reader.open({ autoDestroy: false });
  if (reader.schema === undefined || reader.schema === null) {
    throw new Error("it has no schema");
  }
  return reader;
}

function refuseOldFeather(head: Uint8Array, source: string): void {
  if (String.fromCharCode(...head.subarray(0, 4)) === "FEA1") {
    throw new DataError("IO_UNSUPPORTED_FORMAT", {
      message: "The file is of the first version of Feather",
      location: { source },
      hint: "Write it again as Parquet or as Arrow: pandas.read_feather('IN').to_parquet('OUT.parquet')",
    });
  }
}

/** Arrow for JavaScript writes such files, against the specification. */
function schemaAtEnd(source: string): DataError {
  return new DataError("IO_UNSUPPORTED_FORMAT", {
    message: "The Arrow file has its schema at its end only",
    location: { source },
    hint: "Write it in the stream format.",
  });
}

function unsupportedCompression(source: string): DataError {
  return new DataError("IO_UNSUPPORTED_FORMAT", {
    message: "The batches of the Arrow file are compressed with LZ4, which is not read",
    location: { source },
    hint: "Write it without compression, with Zstandard, or as Parquet.",
  });
}

/** The library unpacks nothing by itself. What a program has registered stays. */
async function registerZstd({
  compressionRegistry,
  CompressionType,
}: typeof import("apache-arrow")): Promise<void> {
  if (compressionRegistry.get(CompressionType.ZSTD) === null) {
    const { decompress } = await import("fzstd");
    compressionRegistry.set(CompressionType.ZSTD, { decode: (packed) => decompress(packed) });
  }
}

/** `List<Struct<{role: Utf8}>>` as the other formats' types are written. */
function typeName(type: { toString(): string }): string {
  return type
    .toString()
    .replace(/\b(?:Large)?Utf8\b/gu, "string")
    .replace(/<\{/gu, "<")
    .replace(/\}>/gu, ">")
    .replace(/\b(?:Fixed|Large)?[A-Z][a-z]+(?:\d+)?\b/gu, (name) => name.toLowerCase());
}
