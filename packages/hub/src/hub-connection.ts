import { sleepFor, unreachableCode } from "@dpo-kit/io";
import { DataError } from "@dpo-kit/schema";
import type { HubOptions } from "./hub-options.ts";
import { RetryableError } from "./retry.ts";

/** An answer, and the address that gave it in the end. */
export interface HubAnswer {
  readonly response: Response;
  readonly url: URL;
}

/** The way to a Hub. What it knows of the token stays inside. */
export interface HubConnection {
  /** Without a slash at the end. */
  readonly endpoint: string;
  readonly hasToken: boolean;
  readonly retries: number;
  readonly sleep: NonNullable<HubOptions["sleep"]>;
  /**
   * Asks once, following at most five redirects. The token goes to the endpoint's origin only.
   * @throws RetryableError where nobody answers; IO_DOWNLOAD_FAILED where nobody ever has and it is of no use to try
   * again, and for a redirect that is not followed.
   */
  send(url: URL, init: RequestInit): Promise<HubAnswer>;
  /** Whether an address is the Hub's own, not that of a store it leads to. */
  isOwn(url: URL): boolean;
  /** A text of the server's without the token, should the server repeat it. */
  conceal(text: string): string;
}

/** Where the Hub is, unless `HF_ENDPOINT` says otherwise. */
export const HUB_ENDPOINT = "https://huggingface.co";

const mostRedirects = 5;

/**
 * For a file that is sent. Else `fetch` keeps all of it in memory, to be sent again elsewhere
 * (https://fetch.spec.whatwg.org/#http-network-or-cache-fetch, the step that clones the request).
 */
const readOnce = { redirect: "error", window: null } as const;

/**
 * Makes the way to a Hub. Asks nothing yet.
 *
 * @throws HUB_ENDPOINT_INVALID HUB_TOKEN_INVALID
 */
export function openHub(options: HubOptions): HubConnection {
  const base = parseEndpoint(options.endpoint ?? HUB_ENDPOINT);
  const token = parseToken(options.token);
  const ask = options.fetch ?? fetch;
  const isOwn = (url: URL): boolean => url.origin === base.origin;
  let hasAnswered = false;

  async function send(url: URL, init: RequestInit): Promise<HubAnswer> {
    let at = url;
    for (let redirects = 0; redirects <= mostRedirects; redirects += 1) {
      const response = await sendOnce(at, { ...init, headers: headersFor(at, url, init.headers) });
      const next = redirectOf(response, at);
      if (next === undefined) {
        return { response, url: response.url === "" ? at : new URL(response.url) };
      }
      await response.body?.cancel();
      at = next;
    }
    throw badRedirect(url, `redirects more than ${mostRedirects} times`);
  }

  async function sendOnce(url: URL, init: RequestInit): Promise<Response> {
    try {
      const isUpload = init.body instanceof Blob;
      const response = await ask(url.href, { ...init, ...(isUpload ? readOnce : { redirect: "manual" }) });
      hasAnswered = true;
      // A browser hides where a redirect leads; it follows by itself and keeps the token from other hosts.
      return response.type === "opaqueredirect"
        ? await ask(url.href, { ...init, redirect: "follow" })
        : response;
    } catch (error) {
      init.signal?.throwIfAborted();
      // A server that has answered before comes back; one that never has is not there.
      throw hasAnswered ? unanswered(error) : (unreachable(url, error) ?? unanswered(error));
    }
  }

  function headersFor(at: URL, first: URL, given: RequestInit["headers"]): Headers {
    const headers = new Headers(given);
    if (at.origin !== first.origin) {
      headers.delete("authorization");
    }
    if (token !== undefined && isOwn(at)) {
      headers.set("authorization", `Bearer ${token}`);
    }
    return headers;
  }

  return {
    endpoint: base.href.replace(/\/+$/u, ""),
    hasToken: token !== undefined,
    retries: options.retries ?? 5,
    sleep: options.sleep ?? sleepFor,
    send,
    isOwn,
    conceal: (text) => (token === undefined ? text : text.replaceAll(token, "[token]")),
  };
}

function unreachable({ origin }: URL, error: unknown): DataError | undefined {
  const code = unreachableCode(error);
  return code === undefined
    ? undefined
    : new DataError("IO_DOWNLOAD_FAILED", {
        message: `${origin} cannot be reached (${code})`,
        hint: "Check that this machine is online, and HF_ENDPOINT and proxy settings if you use them.",
        location: { source: origin },
        cause: error,
      });
}

/** The error of a request that brought no answer, or whose answer broke off. */
export function unanswered(error: unknown): RetryableError {
  const { cause, message } = error as { cause?: { code?: string; message?: string }; message?: string };
  return new RetryableError(cause?.code ?? cause?.message ?? message ?? "the connection broke", {
    cause: error,
  });
}

/** The page of a dataset, for a person to visit. */
export function datasetPage({ endpoint }: HubConnection, dataset: { owner: string; name: string }): string {
  return `${endpoint}/datasets/${dataset.owner}/${dataset.name}`;
}

function redirectOf(response: Response, at: URL): URL | undefined {
  const location = response.headers.get("location");
  if (![301, 302, 303, 307, 308].includes(response.status) || location === null) {
    return undefined;
  }
  const next = URL.canParse(location, at.href) ? new URL(location, at) : undefined;
  if (next === undefined || !isSafe(next) || (isLoopback(next.hostname) && !isLoopback(at.hostname))) {
    throw badRedirect(at, "redirects to an address that is not read: only https addresses are");
  }
  return next;
}

function badRedirect(url: URL, what: string): DataError {
  const name = `${url.origin}${url.pathname}`;
  return new DataError("IO_DOWNLOAD_FAILED", { message: `${name} ${what}`, location: { source: name } });
}

function parseEndpoint(endpoint: string): URL {
  const url = URL.canParse(endpoint) ? new URL(endpoint) : undefined;
  if (url === undefined || !isSafe(url) || url.username !== "" || url.search !== "" || url.hash !== "") {
    // The text is not shown: it may hold a password.
    throw new DataError("HUB_ENDPOINT_INVALID");
  }
  return url;
}

/** Plain `http:` is as safe as `https:` on this machine only. */
function isSafe(url: URL): boolean {
  return url.protocol === "https:" || (url.protocol === "http:" && isLoopback(url.hostname));
}

function isLoopback(hostname: string): boolean {
  return hostname === "localhost" || hostname === "[::1]" || /^127\.\d+\.\d+\.\d+$/u.test(hostname);
}

function parseToken(text: string | undefined): string | undefined {
  const token = text?.trim() ?? "";
  if (!/^[\x21-\x7e]*$/u.test(token)) {
    throw new DataError("HUB_TOKEN_INVALID");
  }
  return token === "" ? undefined : token;
}
