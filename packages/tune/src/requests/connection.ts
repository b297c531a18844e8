import { sleepFor, unreachableCode } from "@dpo-kit/io";
import { DataError } from "@dpo-kit/schema";
import { type ProviderId, providerTitles } from "../provider-id.ts";
import { type ProviderOptions, type UploadLimits, uploadLimits } from "../provider-options.ts";
import { createRedact, type Redact } from "./redact.ts";
import type { RetryPolicy } from "./retry.ts";

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
  /**
   * Asks once. A body that is sent is read once, so that no copy of a file is kept in memory. No answer that leads
   * elsewhere is followed: `fetch` would send the key of Azure (`api-key`) along to any host.
   *
   * @throws TUNE_REQUEST_REFUSED for an answer that leads elsewhere, unless `redirect: "manual"` asks for it.
   */
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
        const handling = sendsFile ? readOnce : stayHere;
        const response = await ask(input, { ...init, ...handling, signal: AbortSignal.any(signals) });
        hasAnswered = true;
        return init.redirect === "manual" ? response : refuseRedirect(response, name);
      } catch (error) {
        // A server that has answered before comes back; one that never has is not there.
        throw changedFile(error) ?? (hasAnswered ? error : (unreachable(endpoint, error) ?? error));
      }
    },
  };
}

const stayHere = { redirect: "manual" } as const;

/** Only the host is told: the rest of an address may be signed. */
function refuseRedirect(response: Response, name: string): Response {
  const location = response.headers.get("location");
  // A browser does not show where an answer leads (https://fetch.spec.whatwg.org/#concept-filtered-response-opaque-redirect).
  const leadsElsewhere = location !== null && response.status >= 300 && response.status < 400;
  if (!leadsElsewhere && response.type !== "opaqueredirect") {
    return response;
  }
  const host = location !== null && URL.canParse(location) ? ` to ${new URL(location).host}` : "";
  throw new DataError("TUNE_REQUEST_REFUSED", {
    message: `${name} leads elsewhere${host}; the key is not sent there`,
    hint: "If that is where it is now, name it with --base-url.",
    location: { source: name },
  });
}

/** A file that changed since it was opened cannot be read any more (https://w3c.github.io/FileAPI/#dfn-error-codes). */
function changedFile(error: unknown): DataError | undefined {
  const { name, cause } = error as { name?: string; cause?: { name?: string } };
  return name !== "NotReadableError" && cause?.name !== "NotReadableError"
    ? undefined
    : new DataError("IO_UNREADABLE", {
        message:
          "A file that was being uploaded has changed since it was checked, or cannot be read any more",
        hint: "Let it be as it is, and run the same command again.",
        cause: error,
      });
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

/** Whether nobody on the way reads along. Plain `http:` is as safe as `https:` on this machine only. */
export function isSafe({ protocol, hostname }: URL): boolean {
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
