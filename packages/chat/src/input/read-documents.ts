import { decodeText, type JsonRecord, readJsonArray, readJsonDocument, readJsonLines } from "@dpo-kit/io";
import type { Issue, JsonValue, Location } from "@dpo-kit/schema";
import type { ChatFile } from "./chat-file.ts";
import { looksLikeLines } from "./file-sample.ts";

/** One JSON value of a file: an element of its array, a line, or the whole file. */
export interface ChatDocument {
  /** Missing where it could not be parsed: then `issues` say why. */
  readonly value?: JsonValue;
  /** Its JSON text, for what must be carried as it was written (`carryJson`). */
  readonly text?: string;
  readonly issues: readonly Issue[];
  readonly at: Location;
  readonly bytes: number;
}

/** How the documents of a file are read. */
export interface ReadDocumentsOptions {
  readonly signal?: AbortSignal | undefined;
  /** The largest document that is held at once. Default 64 MiB. */
  readonly maxBytes?: number | undefined;
}

const DEFAULT_MAX_BYTES = 64 * 1024 * 1024;

/**
 * Reads the JSON values of a file, one at a time: the elements of an array, the lines of JSON Lines, or one object
 * that is the whole file. What cannot be parsed is a document with issues; blank lines are none.
 *
 * @throws what keeps the file from being read at all, such as IO_DECOMPRESSION_FAILED; the signal's reason on abort.
 */
export async function* readDocuments(
  file: ChatFile,
  { signal, maxBytes = DEFAULT_MAX_BYTES }: ReadDocumentsOptions = {},
): AsyncGenerator<ChatDocument, void, undefined> {
  const source = file.name;
  const opened = file.open(signal === undefined ? {} : { signal });
  const { chunks, head } = await decodeText(opened, { source, ...(signal === undefined ? {} : { signal }) });
  const start = new TextDecoder().decode(head).trimStart();
  for await (const record of recordsOf({ chunks, start }, { source, maxBytes })) {
    signal?.throwIfAborted();
    if (!("blank" in record && record.blank === true)) {
      yield documentOf(record, source);
    }
  }
}

function recordsOf(
  { chunks, start }: { chunks: AsyncIterable<Uint8Array>; start: string },
  options: { source: string; maxBytes: number },
): AsyncIterable<JsonRecord> {
  if (start.startsWith("[")) {
    return readJsonArray(chunks, options);
  }
  // A single line without an end in sight is read as one of many: the rest of the file may be gigabytes.
  const isPretty = start.includes("\n") && !looksLikeLines(start) && !isComplete(start.split("\n", 1)[0]!);
  return isPretty ? readWhole(chunks, options) : readJsonLines(chunks, options);
}

function isComplete(line: string): boolean {
  try {
    JSON.parse(line);
    return true;
  } catch {
    return false;
  }
}

async function* readWhole(
  chunks: AsyncIterable<Uint8Array>,
  options: { source: string; maxBytes: number },
): AsyncGenerator<JsonRecord, void, undefined> {
  yield await readJsonDocument(chunks, options);
}

function documentOf(record: JsonRecord, source: string): ChatDocument {
  const { ordinal, line, issues, text, value, byteLength: bytes } = record;
  return {
    ...(issues.length === 0 ? { value: value as JsonValue } : {}),
    ...(text === undefined ? {} : { text }),
    issues,
    at: { source, ordinal, line },
    bytes,
  };
}
