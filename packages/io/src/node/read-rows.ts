import { DataError, type Location } from "@dpo-kit/schema";
import { decodeText } from "../decode-text.ts";
import { decompressChunks } from "../decompress-chunks.ts";
import type { DecompressOptions } from "../decompression.ts";
import type { JsonRecord, ReadJsonOptions } from "../parse-json-record.ts";
import { peekChunks } from "../peek-chunks.ts";
import { isRandomAccess, type OpenRandomAccess, type RandomAccess, readRange } from "../random-access.ts";
import { readArrow } from "../read-arrow.ts";
import { readChunks } from "../read-chunks.ts";
import { readJsonArray } from "../read-json-array.ts";
import { readJsonLines } from "../read-json-lines.ts";
import { readParquetBlocks } from "../read-parquet.ts";
import { readZip, type ZipMember } from "../read-zip.ts";
import { refuseUnreadable } from "../refuse-unreadable.ts";
import type { Row } from "../row.ts";
import { type SniffedKind, sniffBytes } from "../sniff-bytes.ts";
import type { InputSource, Source } from "../source.ts";
import type { StoredRow } from "../stored-row.ts";
import type { TableRow } from "../table-row.ts";
import { nodeDecompressors } from "./node-decompressors.ts";
import { nodeParquetCompressors } from "./node-parquet-compressors.ts";
import { spoolFile } from "./spool-file.ts";

/** What rows are read from: a source that was found by a provider, bytes, or bytes of which any part can be read. */
export type RowsInput = InputSource | Source | RandomAccess;

/** How rows are read. */
export interface ReadRowsOptions extends ReadJsonOptions, DecompressOptions {
  /** The source's name, for locations. Default: the input's own, else `input`. */
  source?: string;
  /** The columns to read of a table, by name; JSON rows have all they have. Default: all. */
  columns?: readonly string[];
  /** The member of a zip archive, by its name there. Default: the only one. */
  member?: string;
  /** Called for each blank line, which is no row. */
  onBlank?: () => void;
  signal?: AbortSignal;
}

const headBytes = 1 << 20;
const kinds: readonly SniffedKind[] = ["parquet", "arrow", "zip", "json-array", "json-object-lines"];

/**
 * Reads the rows of JSON Lines, a JSON array, Parquet, Arrow, or the member of a zip archive that is one of these,
 * also where they are packed with gzip or Zstandard. The bytes decide which it is, never the name. What can be read
 * from the end only, and comes as a stream, is kept in a temporary file meanwhile.
 *
 * @throws IO_EMPTY IO_GIT_LFS_POINTER IO_HTML_PAGE IO_UNSUPPORTED_FORMAT, and what the readers throw.
 */
export async function* readRows(
  input: RowsInput,
  options: ReadRowsOptions = {},
): AsyncGenerator<Row, void, undefined> {
  for await (const rows of readRowBlocks(input, options)) {
    for (const row of rows) {
      yield row instanceof BlockRow ? row.made() : row;
    }
  }
}

/**
 * Does the same in blocks of rows, and of Parquet with values that are made when they are asked for: to wait for each
 * row by itself would take longer than to read it.
 * @throws what {@link readRows} throws
 */
export async function* readRowBlocks(
  input: RowsInput,
  options: ReadRowsOptions = {},
): AsyncGenerator<Iterable<Row>, void, undefined> {
  yield* rowsOf(openInput(input, options), options, kinds);
}

/** @param accept what it may be: an archive in an archive is refused, since that can go on for ever. */
async function* rowsOf(
  opened: OpenedInput,
  options: ReadRowsOptions,
  accept: readonly SniffedKind[],
): AsyncGenerator<Iterable<Row>, void, undefined> {
  const named = { ...options, source: opened.name };
  const { compression, chunks } = await decompressChunks(opened.chunks(), {
    ...named,
    decompressors: nodeDecompressors,
  });
  const peeked = await peekChunks(chunks, headBytes);
  try {
    const kind = sniffBytes(peeked.head);
    if (kind === "zip" || kind === "gzip" || kind === "zstd") {
      refuseUnreadable(kind, { source: opened.name }, accept);
    }
    const isText = kind !== "parquet" && kind !== "arrow" && kind !== "zip";
    if (isText) {
      yield* jsonRows(peeked.chunks, named);
    } else if (kind === "arrow") {
      yield* arrowRows(readArrow(peeked.chunks, named), opened.name);
    } else {
      const random = compression === "none" ? opened.random : undefined;
      const file = await (random === undefined ? spoolFile(peeked.chunks) : random());
      yield* fileRows(file, kind, named);
    }
  } finally {
    await peeked.chunks.return();
  }
}

type Named = ReadRowsOptions & { source: string };

interface OpenedInput {
  name: string;
  chunks(): AsyncIterable<Uint8Array>;
  random?: () => Promise<OpenRandomAccess>;
}

function openInput(input: RowsInput, { source = "input", signal }: ReadRowsOptions): OpenedInput {
  const withSignal = signal === undefined ? {} : { signal };
  if (isInputSource(input)) {
    const { openRandomAccess } = input;
    return {
      name: source === "input" ? input.name : source,
      chunks: () => readChunks(input.open(withSignal), withSignal),
      ...(openRandomAccess === undefined ? {} : { random: () => openRandomAccess(withSignal) }),
    };
  }
  if (isRandomAccess(input)) {
    return {
      name: source,
      chunks: () => readRange(input),
      random: async () => ({
        byteLength: input.byteLength,
        slice: (start, end) => input.slice(start, end),
        close: async () => {},
      }),
    };
  }
  return { name: source, chunks: () => readChunks(input, withSignal) };
}

function isInputSource(input: RowsInput): input is InputSource {
  return typeof input === "object" && "open" in input && "rereadable" in input;
}

async function* jsonRows(
  chunks: AsyncIterable<Uint8Array>,
  options: Named,
): AsyncGenerator<Iterable<Row>, void, undefined> {
  const { source, onBlank } = options;
  const text = await decodeText(chunks, {
    source,
    accept: ["text", "json-array", "json-object-lines"],
    ...(options.signal === undefined ? {} : { signal: options.signal }),
  });
  refuseUnreadable(text.kind, { source }, kinds);
  const records =
    text.kind === "json-array" ? readJsonArray(text.chunks, options) : readJsonLines(text.chunks, options);
  for await (const record of records) {
    if ("blank" in record && record.blank) {
      onBlank?.();
    } else {
      yield [jsonRow(record, source)];
    }
  }
}

function jsonRow(record: JsonRecord, source: string): Row {
  const { value, text, issues, ordinal, line, column, byteOffset, byteLength } = record;
  const at: Location = { source, ordinal, line, column, byteOffset };
  return {
    ...(issues.length > 0 ? {} : { value: value as Exclude<Row["value"], undefined> }),
    ...(text === undefined ? {} : { text }),
    issues,
    at,
    bytes: byteLength,
  };
}

async function* arrowRows(
  rows: AsyncIterable<TableRow>,
  source: string,
): AsyncGenerator<Iterable<Row>, void, undefined> {
  for await (const { value, issues, ordinal, bytes } of rows) {
    yield [{ ...(value === undefined ? {} : { value }), issues, at: { source, ordinal }, bytes }];
  }
}

async function* parquetRows(
  file: RandomAccess,
  options: Named,
): AsyncGenerator<Iterable<Row>, void, undefined> {
  const blocks = readParquetBlocks(file, {
    ...options,
    compressors: nodeParquetCompressors,
    decompressors: nodeDecompressors,
  });
  for await (const rows of blocks) {
    yield Array.from(rows, (row) => new BlockRow(row, options.source));
  }
}

/** A row of a table whose value is made when it is asked for. */
class BlockRow implements Row {
  readonly at: Location;
  readonly #row: StoredRow;

  constructor(row: StoredRow, source: string) {
    this.at = { source, ordinal: row.ordinal };
    this.#row = row;
  }

  get value(): Row["value"] {
    return this.#row.value;
  }

  get issues(): Row["issues"] {
    return this.#row.issues;
  }

  get bytes(): number {
    return this.#row.bytes;
  }

  takeStored(): ReturnType<StoredRow["takeStored"]> {
    return this.#row.takeStored();
  }

  /** The row with all that it says. */
  made(): Row {
    const { at, bytes, issues, value } = this;
    return { ...(value === undefined ? {} : { value }), issues, at, bytes };
  }
}

async function* fileRows(
  file: OpenRandomAccess,
  kind: SniffedKind,
  options: Named,
): AsyncGenerator<Iterable<Row>, void, undefined> {
  try {
    if (kind === "parquet") {
      yield* parquetRows(file, options);
      return;
    }
    const member = chooseMember(await readZip(file, options), options);
    const signal = options.signal === undefined ? {} : { signal: options.signal };
    const opened = { name: `${options.source}/${member.name}`, chunks: () => member.open(signal) };
    yield* rowsOf(
      opened,
      options,
      kinds.filter((accepted) => accepted !== "zip"),
    );
  } finally {
    await file.close();
  }
}

/** What systems add to archives by themselves. */
const addedMember = /(?:^|\/)(?:__MACOSX\/|\.[^/]*$|Thumbs\.db$)/u;

function chooseMember(members: readonly ZipMember[], { member, source }: Named): ZipMember {
  const found = members.filter(({ name }) =>
    member === undefined ? !addedMember.test(name) : name === member,
  );
  const [only] = found;
  if (only === undefined || found.length > 1) {
    const names = members.map(({ name }) => name).filter((name) => !addedMember.test(name));
    const what = member === undefined ? `holds ${found.length} files` : `holds no file ${member}`;
    throw new DataError("IO_UNSUPPORTED_FORMAT", {
      message: `The zip archive ${what} where one is expected`,
      location: { source },
      hint: `Unpack it, or name one of: ${names.slice(0, 10).join(", ")}`,
    });
  }
  return only;
}
