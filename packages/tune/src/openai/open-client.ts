import { DataError } from "@dpo-kit/schema";
import type { OpenAI } from "openai";
import { answerError, unansweredError } from "../requests/answer-error.ts";
import type { Connection } from "../requests/connection.ts";
import { PassingFailure, withRetries } from "../requests/retry.ts";

/** The official client, and how it is called. */
export interface OpenAiClient {
  readonly api: OpenAI;
  readonly connection: Connection;
  /** Calls once; failures are a PassingFailure or a DataError. */
  once<T>(call: (api: OpenAI) => Promise<T>): Promise<T>;
  /** Calls, and tries again where that may help. Only for what may be asked twice. */
  retried<T>(call: (api: OpenAI) => Promise<T>): Promise<T>;
}

/** The connection ends what takes too long; the client's own clock would stop at the first byte. */
const NO_TIMEOUT = 2 ** 31 - 1;

/** Loads the official client for a connection. It neither tries again nor reads the environment by itself. */
export async function openClient(
  connection: Connection,
  apiVersion: string | undefined,
): Promise<OpenAiClient> {
  const { AzureOpenAI, OpenAI } = await import("openai");
  const { endpoint: baseURL, key: apiKey } = connection;
  const common = {
    apiKey,
    baseURL,
    maxRetries: 0,
    timeout: NO_TIMEOUT,
    fetch: connection.fetch,
    organization: null,
    project: null,
    // Whether a key may be in a browser is for the caller to decide, not for the client.
    dangerouslyAllowBrowser: true,
  };
  const azureHeaders = connection.id === "azure" ? { defaultHeaders: { "api-key": apiKey } } : {};
  const api =
    apiVersion === undefined
      ? new OpenAI({ ...common, ...azureHeaders })
      : new AzureOpenAI({ ...common, apiVersion });
  const once = <T>(call: (client: OpenAI) => Promise<T>): Promise<T> =>
    call(api).catch((error: unknown) => {
      connection.signal?.throwIfAborted();
      throw failureOf(error, connection);
    });
  return { api, connection, once, retried: (call) => withRetries(connection.retrying, () => once(call)) };
}

interface ClientFailure {
  readonly status?: number;
  readonly headers?: Headers;
  readonly message: string;
  readonly code?: string | null;
  readonly cause?: unknown;
}

/** By its members and not by its class, so that a failure of another copy of the client is known too. */
function failureOf(error: unknown, { redact, retrying }: Connection): unknown {
  const { status, headers, message, code, cause } = error as ClientFailure;
  if (status !== undefined) {
    // The client begins its message with the status.
    const said = message.replace(/^\d{3}\s*/u, "");
    const answer = { status, headers: headers ?? new Headers(), message: said, code: code ?? undefined };
    return answerError(answer, retrying.name, redact);
  }
  if (DataError.isInstance(error) || error instanceof PassingFailure) {
    return error;
  }
  if (DataError.isInstance(cause)) {
    return cause;
  }
  // No answer, one that broke off, or one that is no JSON: what was asked may have been done.
  return unansweredError(cause ?? error, redact);
}
