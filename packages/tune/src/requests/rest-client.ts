import { DataError } from "@dpo-kit/schema";
import { answerError, unansweredError } from "./answer-error.ts";
import { type Connection, isSafe } from "./connection.ts";
import { withRetries } from "./retry.ts";

/** A request of a REST interface. */
export interface RestRequest {
  readonly method?: "GET" | "POST" | "PUT";
  /** Begins with a slash, and follows the endpoint; or a whole address, which gets no key. */
  readonly path: string;
  readonly json?: unknown;
  readonly body?: Blob | FormData | URLSearchParams;
  readonly headers?: Readonly<Record<string, string>>;
  /** Gives an answer that leads elsewhere as it is. */
  readonly redirect?: "manual";
}

/** Any JSON object of a server. */
export type RestObject = Readonly<Record<string, unknown>>;

/**
 * Asks, and tries again where that may help. Only for what may be asked twice.
 *
 * @throws TUNE_NOT_AUTHORISED TUNE_NOT_FOUND TUNE_REQUEST_REFUSED TUNE_UNREACHABLE
 */
export function askForJson(connection: Connection, request: RestRequest): Promise<RestObject> {
  return withRetries(connection.retrying, async () => jsonOf(connection, await askOnce(connection, request)));
}

/**
 * Asks once.
 *
 * @throws PassingFailure where another attempt may help; else as {@link askForJson}
 */
export async function askOnce(connection: Connection, request: RestRequest): Promise<Response> {
  const { redact, signal, retrying } = connection;
  const isOwn = request.path.startsWith("/");
  if (!isOwn) {
    requireSafe(request.path, retrying.name);
  }
  const response = await connection
    .fetch(isOwn ? `${connection.endpoint}${request.path}` : request.path, {
      method: request.method ?? "GET",
      headers: headersOf(connection, request, isOwn),
      ...bodyOf(request),
      ...(request.redirect === undefined ? {} : { redirect: request.redirect }),
      ...(signal === undefined ? {} : { signal }),
    })
    .catch((error) => {
      signal?.throwIfAborted();
      throw DataError.isInstance(error) ? error : unansweredError(error, redact);
    });
  const isRedirect = request.redirect === "manual" && response.status >= 300 && response.status < 400;
  if (response.ok || isRedirect) {
    return response;
  }
  const said = await response.text().catch(() => "");
  const { status, headers } = response;
  throw answerError({ status, headers, ...complaintOf(said) }, retrying.name, redact);
}

/** A store that a provider leads to gets the user's data: over the network only where nobody reads along. */
function requireSafe(address: string, name: string): void {
  if (!URL.canParse(address) || !isSafe(new URL(address))) {
    throw new DataError("TUNE_REQUEST_REFUSED", {
      message: `${name} names an address for files that is not https`,
      location: { source: name },
    });
  }
}

/** The object in an answer. */
export async function jsonOf({ redact, retrying }: Connection, response: Response): Promise<RestObject> {
  const text = await response.text().catch((error) => {
    throw unansweredError(error, redact);
  });
  try {
    const value: unknown = text === "" ? {} : JSON.parse(text);
    if (typeof value === "object" && value !== null) {
      return (Array.isArray(value) ? { data: value } : value) as RestObject;
    }
  } catch {
    // Said below.
  }
  throw new DataError("TUNE_REQUEST_REFUSED", {
    message: `${retrying.name} answered something that is no JSON object`,
    hint: "Check --provider and --base-url.",
    location: { source: retrying.name },
  });
}

/** The key goes to the provider itself, never to a store that it leads to. */
function headersOf({ key }: Connection, { json, headers }: RestRequest, isOwn: boolean): Headers {
  const all = new Headers(headers);
  if (isOwn) {
    all.set("authorization", `Bearer ${key}`);
  }
  if (json !== undefined) {
    all.set("content-type", "application/json");
  }
  return all;
}

function bodyOf({ json, body }: RestRequest): { body?: string | Blob | FormData | URLSearchParams } {
  if (json !== undefined) {
    return { body: JSON.stringify(json) };
  }
  return body === undefined ? {} : { body };
}

/** `{error: {message, code}}`, `{error: "…"}`, `{message}`, or plain text. */
export function complaintOf(text: string): { message: string; code?: string } {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { message: text };
  }
  const outer = value as { error?: unknown; message?: unknown } | null;
  const inner = (outer?.error ?? outer) as { message?: unknown; code?: unknown } | string | null;
  if (typeof inner === "string") {
    return { message: inner };
  }
  const message = typeof inner?.message === "string" ? inner.message : text;
  return { message, ...(typeof inner?.code === "string" ? { code: inner.code } : {}) };
}
