import { decodeText } from "@dpo-kit/io";
import { createIssue, type Issue, type Location } from "@dpo-kit/schema";
import type { ChatFile } from "./chat-file.ts";
import type { ChatDocument, ReadDocumentsOptions } from "./read-documents.ts";
import { type TableRecord, TableScanner } from "./table-scanner.ts";

const DEFAULT_MAX_BYTES = 64 * 1024 * 1024;

/**
 * Reads the rows of a table with a header, cut by tabs if there is one in the first line, else by commas: each an
 * object of texts by the names of the columns. Rows that cannot be read are documents with issues. Behind a row that
 * is larger than `maxBytes` nothing is read.
 *
 * @throws what keeps the file from being read at all, such as IO_DECOMPRESSION_FAILED; the signal's reason on abort.
 */
export async function* readTable(
  file: ChatFile,
  { signal, maxBytes = DEFAULT_MAX_BYTES }: ReadDocumentsOptions = {},
): AsyncGenerator<ChatDocument, void, undefined> {
  const source = file.name;
  const opened = file.open(signal === undefined ? {} : { signal });
  const { chunks, head } = await decodeText(opened, { source, ...(signal === undefined ? {} : { signal }) });
  const scanner = new TableScanner(delimiterOf(head));
  let header: readonly string[] | undefined;
  let ordinal = 0;
  for await (const record of recordsOf(chunks, { scanner, maxBytes })) {
    signal?.throwIfAborted();
    if (header === undefined) {
      header = record.cells.map((name) => name.trim());
    } else {
      yield documentOf(record, { header, at: { source, ordinal, line: record.line } });
      ordinal += 1;
    }
  }
}

function delimiterOf(head: Uint8Array): string {
  const [line] = new TextDecoder().decode(head).trimStart().split("\n", 1);
  return line!.includes("\t") ? "\t" : ",";
}

async function* recordsOf(
  chunks: AsyncIterable<Uint8Array>,
  { scanner, maxBytes }: { scanner: TableScanner; maxBytes: number },
): AsyncGenerator<TableRecord> {
  const decoder = new TextDecoder();
  for await (const chunk of chunks) {
    yield* scanner.add(decoder.decode(chunk, { stream: true }));
    if (scanner.pending > maxBytes) {
      break;
    }
  }
  yield* scanner.add(decoder.decode());
  yield* scanner.end();
}

function documentOf(
  record: TableRecord,
  { header, at }: { header: readonly string[]; at: Location },
): ChatDocument {
  const { cells } = record;
  const bytes = cells.reduce((sum, cell) => sum + cell.length, 0);
  const issues = issuesOf(record, { header, at });
  const value = Object.fromEntries(header.map((name, index) => [name, cells[index] ?? ""]));
  return issues.length > 0 ? { issues, at, bytes } : { value, issues, at, bytes };
}

/** What cannot be decoded stands in the text as this. */
const REPLACEMENT = "\uFFFD";

function issuesOf(
  { cells, problem }: TableRecord,
  { header, at: location }: { header: readonly string[]; at: Location },
): Issue[] {
  if (problem !== undefined) {
    return [createIssue(problem, { location })];
  }
  if (cells.length !== header.length) {
    return [
      createIssue("CSV_RAGGED_ROW", { location, expected: `${header.length} fields`, found: cells.length }),
    ];
  }
  const garbled = cells.find((cell) => cell.includes(REPLACEMENT));
  return garbled === undefined ? [] : [createIssue("IO_INVALID_ENCODING", { location, found: garbled })];
}
