import { decodeText, type JsonRecord, readJsonArray, readJsonDocument, readJsonLines } from "@dpo-kit/io";
import { createIssue, excerpt, type Issue, type JsonValue, type Location } from "@dpo-kit/schema";
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
  const place = { source, isArray: start.startsWith("[") };
  let last: ChatDocument | undefined;
  for await (const record of recordsOf({ chunks, start }, { source, maxBytes })) {
    signal?.throwIfAborted();
    if (!("blank" in record && record.blank === true)) {
      yield* last === undefined ? [] : [last];
      last = documentOf(record, place);
    }
  }
  yield* last === undefined ? [] : [markCut(last)];
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

/** An array may be one line, however long: the path says which of its elements is meant. */
function documentOf(
  record: JsonRecord,
  { source, isArray }: { source: string; isArray: boolean },
): ChatDocument {
  const { ordinal, line, column, issues, text, value, byteLength: bytes } = record;
  const path = `$[${ordinal}]`;
  return {
    ...(issues.length === 0 ? { value: value as JsonValue } : {}),
    ...(text === undefined ? {} : { text }),
    issues: isArray ? issues.map((issue) => withinElement(issue, path)) : issues,
    at: isArray ? { source, ordinal, line, column, path } : { source, ordinal, line },
    bytes,
  };
}

function withinElement(issue: Issue, element: string): Issue {
  const { path } = issue.location;
  const inside = path === undefined ? "" : path.startsWith("[") ? path : `.${path}`;
  return { ...issue, location: { ...issue.location, path: `${element}${inside}` } };
}

/** A file that ends in the middle of its last value was cut short: mending that value is no help. */
function markCut(document: ChatDocument): ChatDocument {
  const isCut = document.issues.some(({ code, found }) => code === "LINE_INVALID_JSON" && found === theEnd);
  const issues = document.issues.map((issue) =>
    isCut ? createIssue("CHAT_FILE_CUT", { location: issue.location }) : issue,
  );
  return { ...document, issues };
}

/** What is found where a text ends too early, as issues quote it. */
const theEnd = excerpt("the end of the text");
