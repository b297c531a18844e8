import { DataError } from "@dpo-kit/schema";
import { formatHubAddress } from "./hub-address.ts";
import { unanswered } from "./hub-connection.ts";
import { type HubRequestContext, refusalOf } from "./hub-refusal.ts";
import { RetryableError, withRetries } from "./retry.ts";

/**
 * The `fetch` that `@huggingface/hub` is given. It adds the token where it belongs, tries again what may be tried
 * again, reads each answer wholly, and throws a `DataError` for every answer that is none of success; so the client
 * never sees the token or an error.
 */
export function clientFetch(context: HubRequestContext, signal?: AbortSignal): typeof fetch {
  const { hub, address } = context;
  return async (input, init = {}) => {
    const url = new URL(input instanceof Request ? input.url : input);
    const stop = init.signal ?? signal;
    const request = { ...init, ...(stop === undefined ? {} : { signal: stop }) };
    const retrying = {
      retries: hub.retries,
      sleep: hub.sleep,
      signal: stop,
      name: formatHubAddress(address),
      code: context.failure,
    };
    return withRetries(retrying, async () => {
      try {
        return await answer(context, url, request);
      } catch (error) {
        throw mayRepeat(url, error) ? error : uncertain(context, error);
      }
    });
  };
}

async function answer(context: HubRequestContext, url: URL, init: RequestInit): Promise<Response> {
  const answered = await context.hub.send(url, init);
  const { response } = answered;
  if (!response.ok) {
    throw await refusalOf(context, answered);
  }
  const { status, headers } = response;
  const body = await response.arrayBuffer().catch((error) => {
    init.signal?.throwIfAborted();
    throw unanswered(error);
  });
  return new Response(status === 204 ? null : body, { status, headers });
}

/** A commit that went through although its answer was lost must not be made again: only a limit says it was not. */
function mayRepeat(url: URL, error: unknown): boolean {
  return (
    !/\/commit\/[^/]+$/u.test(url.pathname) || (error instanceof RetryableError && error.wait !== undefined)
  );
}

function uncertain({ address, failure }: HubRequestContext, error: unknown): unknown {
  if (!(error instanceof RetryableError)) {
    return error;
  }
  const name = formatHubAddress(address);
  return new DataError(failure, {
    message: `${name}: ${error.message}, and whether the commit was made is not known`,
    hint: "Look at the page of the dataset before pushing again.",
    location: { source: name },
    cause: error.cause,
  });
}
