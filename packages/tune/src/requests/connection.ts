import { unreachableCode } from "@dpo-kit/io";
import { DataError } from "@dpo-kit/schema";
import { type ProviderId, providerTitles } from "../provider-id.ts";
import { type ProviderOptions, type UploadLimits, uploadLimits } from "../provider-options.ts";
import { createRedact, type Redact } from "./redact.ts";
import { type RetryPolicy, sleepFor } from "./retry.ts";

/** The way to a provider. */
export interface Connection {
  readonly id: ProviderId;
  /** Without a slash at the end. */
  readonly endpoint: string;
  readonly key: string;
  readonly redact: Redact;
  readonly retrying: RetryPolicy;
  readonly limits: UploadLimits;
  readonly signal: AbortSignal | undefined;
  /** Asks once. A body that is sent is read once, so that no copy of a file is kept in memory. */
  readonly fetch: typeof fetch;
}

/**
 * Makes the way to a provider. Asks nothing yet.
 *
 * @param address where requests go, unless the options say otherwise.
 * @throws TUNE_ADDRESS_INVALID TUNE_KEY_MISSING
 */
export function openConnection(id: ProviderId, address: string, options: ProviderOptions): Connection {
  const endpoint = parseEndpoint(options.baseUrl ?? address);
  const key = parseKey(options.key);
  const ask = options.fetch ?? fetch;
  const name = id === "compatible" ? endpoint : providerTitles[id];
  let hasAnswered = false;
  return {
    id,
    endpoint,
    key,
    redact: createRedact([key]),
    limits: { ...uploadLimits, ...options.limits },
    signal: options.signal,
    retrying: {
      retries: options.retries ?? 5,
      firstWait: options.firstWait ?? 1000,
      sleep: options.sleep ?? sleepFor,
      signal: options.signal,
      name,
    },
    fetch: async (input, init = {}) => {
      const sendsFile = isFile(init.body);
      const patience = sendsFile ? LONGEST_UPLOAD : (options.answerTimeout ?? LONGEST_ANSWER);
      const signals = [init.signal ?? [], options.signal ?? [], AbortSignal.timeout(patience)].flat();
      try {
        const request = { ...init, ...(sendsFile ? readOnce : {}), signal: AbortSignal.any(signals) };
        const response = await ask(input, request);
        hasAnswered = true;
        return response;
      } catch (error) {
        // A server that has answered before comes back; one that never has is not there.
        throw hasAnswered ? error : (unreachable(endpoint, error) ?? error);
      }
    },
  };
}

function unreachable(endpoint: string, error: unknown): DataError | undefined {
  const code = unreachableCode(error);
  return code === undefined
    ? undefined
    : new DataError("TUNE_UNREACHABLE", {
        message: `${new URL(endpoint).origin} cannot be reached (${code})`,
        hint: "Check that this machine is online, and --base-url and proxy settings if you use them.",
        location: { source: endpoint },
        cause: error,
      });
}

/** A part of 64 MB, or a file of 512 MB, over a slow line. In milliseconds. */
const LONGEST_UPLOAD = 60 * 60_000;
/** To the last byte of an answer. In milliseconds. */
const LONGEST_ANSWER = 2 * 60_000;

/**
 * Else `fetch` keeps all of a body in memory, to be sent again elsewhere
 * (https://fetch.spec.whatwg.org/#http-network-or-cache-fetch, the step that clones the request).
 */
const readOnce = { redirect: "error", window: null } as const;

function isFile(body: unknown): boolean {
  return body instanceof Blob || body instanceof FormData;
}

function parseEndpoint(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !isSafe(url) || url.username !== "" || url.search !== "" || url.hash !== "") {
    // The text is not shown: it may hold a password.
    throw new DataError("TUNE_ADDRESS_INVALID");
  }
  return url.href.replace(/\/+$/u, "");
}

/** Plain `http:` is as safe as `https:` on this machine only. */
function isSafe({ protocol, hostname }: URL): boolean {
  const isLoopback =
    hostname === "localhost" || hostname === "[::1]" || /^127\.\d+\.\d+\.\d+$/u.test(hostname);
  return protocol === "https:" || (protocol === "http:" && isLoopback);
}

function parseKey(text: string): string {
  const key = text.trim();
  if (!/^[\x21-\x7e]+$/u.test(key)) {
    throw new DataError("TUNE_KEY_MISSING", {
      message: "The key is empty, or holds characters that no key has",
    });
  }
  return key;
}
