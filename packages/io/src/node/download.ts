import { DataError, type IssueCode } from "@dpo-kit/schema";
import { retryAfter } from "../retry-after.ts";
import { sleepFor } from "../sleep-for.ts";
import { unreachableCode } from "../unreachable.ts";
import { displayAddress } from "./https-address.ts";
import { requestAddress } from "./https-request.ts";

/** How an address is downloaded. */
export interface DownloadOptions {
  signal?: AbortSignal;
  /** Default: 20 GiB. */
  maxBytes?: number;
  /** Attempts after the first that may fail in a row. Default: 5. */
  retries?: number;
  /** Waits, in milliseconds. */
  sleep?: (milliseconds: number, signal: AbortSignal | undefined) => Promise<void>;
  /** Told what the server says of the content, each time it begins to send it from the start. */
  onStart?: (content: RemoteContent) => void;
}

/** What a server says of the content of an address. */
export interface RemoteContent {
  /** In bytes. */
  size: number | undefined;
  /** What tells that the content is still the same: its strong ETag, else its date. */
  validator: string | undefined;
}

/** A server that wants us to wait longer than this is not waited for. In milliseconds. */
const longestWait = 5 * 60 * 1000;
/** A connection that brought this much was no failure. */
const progressBytes = 1 << 20;

const defaults = {
  maxBytes: 20 * 1024 ** 3,
  retries: 5,
  sleep: sleepFor,
};

/** Something that another attempt may put right. */
class RetryableError extends Error {
  readonly wait: number | undefined;
  constructor(message: string, options: { wait?: number | undefined; cause?: unknown } = {}) {
    super(message, { cause: options.cause });
    this.wait = options.wait;
  }
}

interface State {
  readonly address: URL;
  readonly options: DownloadOptions & typeof defaults;
  /** Bytes received so far. */
  offset: number;
  validator: string | undefined;
  total: number | undefined;
}

/**
 * The bytes of an `https:` address. Answers of 408, 429 and 5xx and broken connections are tried again, waiting 1,
 * 2, 4 … seconds or as long as the server says. A connection that breaks in the middle is taken up where it broke
 * if the server can tell that the content is still the same (https://datatracker.ietf.org/doc/html/rfc9110#section-13.1.5).
 *
 * @throws IO_NOT_FOUND IO_NOT_AUTHORISED IO_DOWNLOAD_FAILED IO_DOWNLOAD_TOO_LARGE; the signal's reason on abort.
 */
export async function* download(
  address: URL,
  options: DownloadOptions = {},
): AsyncGenerator<Uint8Array, void, undefined> {
  const state: State = {
    address,
    options: { ...defaults, ...options },
    offset: 0,
    validator: undefined,
    total: undefined,
  };
  const { retries, sleep, signal } = state.options;
  for (let failures = 0; ; ) {
    const before = state.offset;
    try {
      yield* attempt(state);
      return;
    } catch (error) {
      signal?.throwIfAborted();
      if (!(error instanceof RetryableError)) {
        throw error;
      }
      failures = state.offset - before >= progressBytes ? 1 : failures + 1;
      const canGoOn = state.offset === 0 || state.validator !== undefined;
      if (failures > retries || !canGoOn) {
        throw failure("IO_DOWNLOAD_FAILED", state, `${error.message} (tried ${failures} times)`, error.cause);
      }
      await sleep(error.wait ?? 1000 * 2 ** (failures - 1), signal);
    }
  }
}

async function* attempt(state: State): AsyncGenerator<Uint8Array, void, undefined> {
  const response = await request(state);
  let finished = false;
  const reader = response.body?.getReader();
  try {
    let skip = await begin(state, response);
    while (reader !== undefined) {
      const { done, value } = await retryable(reader.read());
      if (done) {
        break;
      }
      const fresh = value.subarray(Math.min(skip, value.length));
      skip -= value.length - fresh.length;
      state.offset += fresh.length;
      checkSize(state, state.offset);
      if (fresh.length > 0) {
        yield fresh;
      }
    }
    if (state.total !== undefined && state.offset < state.total) {
      throw new RetryableError("the connection broke");
    }
    finished = true;
  } finally {
    if (!finished) {
      await reader?.cancel().catch(() => {});
    }
  }
}

async function request(state: State): Promise<Response> {
  const { address, options, offset, validator } = state;
  if (offset === 0) {
    return retryable(firstRequest(state));
  }
  const headers = { range: `bytes=${offset}-`, "if-range": validator! };
  return retryable(requestAddress(address, headers, options.signal));
}

/** A server that is not there is not waited for. */
async function firstRequest(state: State): Promise<Response> {
  try {
    return await requestAddress(state.address, {}, state.options.signal);
  } catch (error) {
    const code = unreachableCode(error);
    throw code === undefined
      ? error
      : failure("IO_DOWNLOAD_FAILED", state, `the server cannot be reached (${code})`, error);
  }
}

/** What `fetch` throws says that nobody answered, or that the connection broke. */
async function retryable<T>(result: Promise<T>): Promise<T> {
  try {
    return await result;
  } catch (error) {
    const { cause } = error as { cause?: NodeJS.ErrnoException };
    if (!(error instanceof TypeError)) {
      throw error;
    }
    throw new RetryableError(cause?.code ?? cause?.message ?? error.message, { cause: error });
  }
}

/** Looks at the head of an answer. Gives how many bytes of it are known already. */
async function begin(state: State, response: Response): Promise<number> {
  const { status, headers } = response;
  if (status === 206 && state.offset > 0) {
    return continueAt(state, headers);
  }
  if (status !== 200) {
    throw refusal(state, response);
  }
  const validator = validatorOf(headers);
  if (state.offset > 0 && validator !== state.validator) {
    throw failure("IO_DOWNLOAD_FAILED", state, "it changed while it was being downloaded");
  }
  state.validator = validator;
  const length = headers.has("content-encoding") ? null : headers.get("content-length");
  state.total = length === null ? undefined : Number(length);
  checkSize(state, state.total ?? 0);
  state.options.onStart?.({ size: state.total, validator });
  // A server that knows no ranges sends everything again.
  return state.offset;
}

function continueAt(state: State, headers: Headers): number {
  const range = /^bytes (\d+)-\d+\/(\d+|\*)$/u.exec(headers.get("content-range") ?? "");
  const isSame = range !== null && Number(range[1]) === state.offset;
  const sameTotal = range?.[2] === "*" || state.total === undefined || Number(range?.[2]) === state.total;
  if (!isSame || !sameTotal) {
    throw failure("IO_DOWNLOAD_FAILED", state, "the server sent another part than was asked for");
  }
  return 0;
}

function validatorOf(headers: Headers): string | undefined {
  const tag = headers.get("etag");
  return tag === null || tag.startsWith("W/") ? (headers.get("last-modified") ?? undefined) : tag;
}

function checkSize(state: State, bytes: number): void {
  const { maxBytes } = state.options;
  if (bytes > maxBytes) {
    throw failure("IO_DOWNLOAD_TOO_LARGE", state, `it is larger than ${maxBytes} bytes`);
  }
}

function refusal(state: State, { status, headers }: Response): Error {
  if (status === 401 || status === 403) {
    return failure("IO_NOT_AUTHORISED", state, `the server answered ${status}`);
  }
  if (status === 404 || status === 410) {
    return failure("IO_NOT_FOUND", state, `the server answered ${status}`);
  }
  const wait = retryAfter(headers);
  if ((status === 408 || status === 429 || status >= 500) && (wait ?? 0) <= longestWait) {
    return new RetryableError(`the server answered ${status}`, { wait });
  }
  return failure("IO_DOWNLOAD_FAILED", state, `the server answered ${status}`);
}

function failure(code: IssueCode, { address }: State, what: string, cause?: unknown): DataError {
  const name = displayAddress(address);
  return new DataError(code, {
    message: `${name} cannot be read: ${what}`,
    location: { source: name },
    cause,
  });
}
