import { DataError } from "@dpo-kit/schema";
import { formatHubAddress, type HubAddress } from "./hub-address.ts";
import { type HubAnswer, type HubConnection, unanswered } from "./hub-connection.ts";
import { refusalOf } from "./hub-refusal.ts";
import { encodePath } from "./list-dataset-files.ts";
import { RetryableError, waitAfter } from "./retry.ts";

/** A file at a commit, and what its answers told so far. */
export interface RemoteFile {
  readonly hub: HubConnection;
  /** Its revision is a commit, its path that of the file. */
  readonly address: HubAddress & { revision: string; path: string };
  /** As the Hub lists it, in bytes. */
  readonly size: number;
  /** Of the first answer; every later one must bear the same. */
  etag?: string;
  /** The store that the Hub led to, asked again until it refuses. */
  store?: URL;
}

/** A part of a file. */
export interface RemoteRange {
  readonly start: number;
  /** The first byte that is not read. */
  readonly end: number;
  readonly signal: AbortSignal | undefined;
}

/** A connection that brought this much was no failure. */
const progressBytes = 1 << 20;

/**
 * Reads a part of a file. A connection that breaks is taken up at the very byte where it broke, as long as the
 * content bears the same ETag (https://datatracker.ietf.org/doc/html/rfc9110#section-13.1.5).
 *
 * @throws IO_NOT_FOUND IO_NOT_AUTHORISED IO_DOWNLOAD_FAILED; the signal's reason on abort.
 */
export async function* readRemote(
  file: RemoteFile,
  range: RemoteRange,
): AsyncGenerator<Uint8Array, void, undefined> {
  const { retries, sleep } = file.hub;
  const context = {
    retries,
    sleep,
    signal: range.signal,
    name: nameOf(file),
    code: "IO_DOWNLOAD_FAILED",
  } as const;
  let start = range.start;
  for (let failures = 0; start < range.end; ) {
    const before = start;
    try {
      for await (const chunk of attempt(file, { ...range, start })) {
        start += chunk.length;
        yield chunk;
      }
      if (start < range.end) {
        throw new RetryableError("the connection broke");
      }
    } catch (error) {
      failures = start - before >= progressBytes ? 1 : failures + 1;
      await waitAfter(context, error, failures);
    }
  }
}

async function* attempt(file: RemoteFile, range: RemoteRange): AsyncGenerator<Uint8Array, void, undefined> {
  const response = await request(file, range);
  let skip = checkAnswer(file, range, response);
  let missing = range.end - range.start;
  const reader = response.body?.getReader();
  try {
    while (reader !== undefined && missing > 0) {
      const { done, value } = await readPart(reader, range.signal);
      if (done) {
        return;
      }
      const fresh = value.subarray(Math.min(skip, value.length)).subarray(0, missing);
      skip -= Math.min(skip, value.length);
      missing -= fresh.length;
      if (fresh.length > 0) {
        yield fresh;
      }
    }
  } finally {
    await reader?.cancel().catch(() => {});
  }
}

async function readPart(
  reader: ReadableStreamDefaultReader<Uint8Array>,
  signal: AbortSignal | undefined,
): Promise<ReadableStreamReadResult<Uint8Array>> {
  try {
    return await reader.read();
  } catch (error) {
    signal?.throwIfAborted();
    throw unanswered(error);
  }
}

async function request(file: RemoteFile, range: RemoteRange): Promise<Response> {
  const { hub, address } = file;
  const init = {
    headers: headersOf(file, range),
    ...(range.signal === undefined ? {} : { signal: range.signal }),
  };
  const answer = (await askStore(file, init)) ?? (await hub.send(resolveUrl(file), init));
  if (![200, 206, 416].includes(answer.response.status)) {
    throw await refusalOf({ hub, address, failure: "IO_DOWNLOAD_FAILED" }, answer);
  }
  if (!hub.isOwn(answer.url)) {
    file.store = answer.url;
  }
  return answer.response;
}

/** Saves asking the Hub for each part: its addresses of the store hold for an hour or so. */
async function askStore(file: RemoteFile, init: RequestInit): Promise<HubAnswer | undefined> {
  if (file.store === undefined) {
    return undefined;
  }
  const answer = await file.hub.send(file.store, init);
  if (answer.response.status < 400 || answer.response.status === 416) {
    return answer;
  }
  delete file.store;
  await answer.response.body?.cancel().catch(() => {});
  return undefined;
}

function headersOf({ size, etag }: RemoteFile, { start, end }: RemoteRange): Record<string, string> {
  const isWhole = start === 0 && end === size;
  const range = `bytes=${start}-${end === size ? "" : end - 1}`;
  // Packed on the way, offsets would not be those of the file. A weak ETag is none for ranges.
  return {
    "accept-encoding": "identity",
    ...(isWhole ? {} : { range }),
    ...(isWhole || etag === undefined || etag.startsWith("W/") ? {} : { "if-range": etag }),
  };
}

/** Looks at the head of an answer. Gives how many bytes of it lie before the part that was asked for. */
function checkAnswer(file: RemoteFile, { start }: RemoteRange, response: Response): number {
  const { status, headers } = response;
  const etag = headers.get("etag") ?? undefined;
  const isSame = etag === file.etag || file.etag === undefined;
  if (!isSame || status === 416 || sizeOf(response, file.size) !== file.size) {
    void response.body?.cancel().catch(() => {});
    throw changed(file);
  }
  if (etag !== undefined) {
    file.etag = etag;
  }
  if (status === 206 && !headers.get("content-range")!.startsWith(`bytes ${start}-`)) {
    void response.body?.cancel().catch(() => {});
    throw changed(file);
  }
  // A server that knows no ranges sends everything.
  return status === 206 ? 0 : start;
}

/** The size of the whole file as an answer tells it; `listed` where it does not. */
function sizeOf({ status, headers }: Response, listed: number): number {
  if (status === 206) {
    const total = /^bytes \d+-\d+\/(\d+|\*)$/u.exec(headers.get("content-range") ?? "")?.[1];
    return total === "*" ? listed : Number(total);
  }
  const length = headers.has("content-encoding") ? null : headers.get("content-length");
  return length === null ? listed : Number(length);
}

function resolveUrl({ hub, address }: RemoteFile): URL {
  const { owner, name, revision, path } = address;
  return new URL(`${hub.endpoint}/datasets/${owner}/${name}/resolve/${revision}/${encodePath(path)}`);
}

function nameOf({ address }: RemoteFile): string {
  return formatHubAddress(address);
}

function changed(file: RemoteFile): DataError {
  return new DataError("IO_DOWNLOAD_FAILED", {
    message: `${nameOf(file)}: the server sent another content than before, or another part than was asked for`,
    hint: "Try again; if it happens again, download the file and give its path.",
    location: { source: nameOf(file) },
  });
}
