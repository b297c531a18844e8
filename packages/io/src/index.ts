export { binaryValue, isBinaryValue } from "./binary-value.ts";
export { type DecodedText, type DecodeTextOptions, decodeText } from "./decode-text.ts";
export { type DecodeToUtf8Options, decodeToUtf8 } from "./decode-to-utf8.ts";
export {
  type DecompressChunksOptions,
  type DecompressedChunks,
  decompressChunks,
  portableDecompressors,
} from "./decompress-chunks.ts";
export type { Compression, Decompress, DecompressOptions, Decompressors } from "./decompression.ts";
export { type DetectedEncoding, detectEncoding } from "./detect-encoding.ts";
export { encodeText } from "./encode-text.ts";
export { type CreateEntrySorter, type EntrySorter, memoryEntrySorters } from "./entries/entry-sorter.ts";
export { readNumber, writeNumber } from "./entries/number-words.ts";
export { type DuplicateKey, findDuplicateKeys } from "./find-duplicate-keys.ts";
export { isNestedDeeper } from "./json-depth.ts";
export {
  createJsonLocator,
  formatJsonPath,
  type JsonLocator,
  type JsonPath,
  type JsonPlace,
  jsonPlace,
  locateJsonPath,
  parseJsonPath,
} from "./json-path.ts";
export { jsonTextAt } from "./json-text-at.ts";
export { type JsonSyntaxProblem, locateJsonError } from "./locate-json-error.ts";
export type { ParquetCompressors } from "./parquet/parquet-compressors.ts";
export type { ParquetColumn } from "./parquet-column.ts";
export { type ParquetSchema, parquetSchema, type TableColumn } from "./parquet-schema.ts";
export type { JsonRecord, ReadJsonOptions } from "./parse-json-record.ts";
export { type PeekedChunks, peekChunks } from "./peek-chunks.ts";
export {
  isRandomAccess,
  type OpenRandomAccess,
  type RandomAccess,
  randomAccess,
  readRange,
} from "./random-access.ts";
export {
  type ArrowRow,
  type ArrowSchema,
  arrowSchema,
  type ReadArrowOptions,
  readArrow,
} from "./read-arrow.ts";
export { type ReadChunksOptions, readChunks } from "./read-chunks.ts";
export { readJsonArray } from "./read-json-array.ts";
export { readJsonDocument } from "./read-json-document.ts";
export { type JsonLine, parseJsonLine, readJsonLines } from "./read-json-lines.ts";
export { type ParquetRow, type ReadParquetOptions, readParquet, readParquetBlocks } from "./read-parquet.ts";
export { type RawLine, readRawLines } from "./read-raw-lines.ts";
export { readZip, type ZipMember } from "./read-zip.ts";
export { refuseUnreadable, textKinds } from "./refuse-unreadable.ts";
export { retryAfter } from "./retry-after.ts";
export type { Row } from "./row.ts";
export { sleepFor } from "./sleep-for.ts";
export { type SniffedKind, sniffBytes } from "./sniff-bytes.ts";
export type { InputSource, Source, SourceProvider } from "./source.ts";
export type { StoredJson, StoredRow } from "./stored-row.ts";
export type { TableRow } from "./table-row.ts";
export { parseEncodingName, type TextEncodingName } from "./text-encoding.ts";
export { unreachableCode } from "./unreachable.ts";
export { unzstd } from "./unzstd.ts";
export { findInvalidUtf8, isValidUtf8 } from "./utf8-validity.ts";
export { type WriteParquetOptions, writeParquet } from "./write-parquet.ts";
