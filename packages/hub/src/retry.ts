import { retryAfter } from "@dpo-kit/io";
import { DataError, type IssueCode } from "@dpo-kit/schema";
import type { HubOptions } from "./hub-options.ts";

/** A server that wants us to wait longer than this is not waited for. In milliseconds. */
const longestWait = 5 * 60 * 1000;

/** Something that another attempt may put right. */
export class RetryableError extends Error {
  /** Milliseconds that the server asks us to wait. */
  readonly wait: number | undefined;
  constructor(message: string, options: { wait?: number | undefined; cause?: unknown } = {}) {
    super(message, { cause: options.cause });
    this.wait = options.wait;
  }
}

/** What attempts are made with, and what their failure is called. */
export interface RetryContext {
  readonly retries: number;
  readonly sleep: NonNullable<HubOptions["sleep"]>;
  readonly signal: AbortSignal | undefined;
  /** What is read, or written, as messages show it. */
  readonly name: string;
  readonly code: IssueCode;
}

/**
 * Tries until it works: after a {@link RetryableError} again, waiting 1, 2, 4 … seconds or as long as the server says.
 *
 * @throws the context's code after the last attempt; any other error at once; the signal's reason on abort.
 */
export async function withRetries<T>(context: RetryContext, attempt: () => Promise<T>): Promise<T> {
  for (let failures = 1; ; failures += 1) {
    try {
      return await attempt();
    } catch (error) {
      await waitAfter(context, error, failures);
    }
  }
}

/** Waits before the next attempt, or throws where there is none. */
export async function waitAfter(context: RetryContext, error: unknown, failures: number): Promise<void> {
  context.signal?.throwIfAborted();
  if (!(error instanceof RetryableError)) {
    throw error;
  }
  if (failures > context.retries || (error.wait ?? 0) > longestWait) {
    throw givenUp(context, error, failures);
  }
  await context.sleep(error.wait ?? 1000 * 2 ** (failures - 1), context.signal);
}

function givenUp(
  { code, name }: RetryContext,
  { message, wait = 0, cause }: RetryableError,
  failures: number,
): DataError {
  const isTooLong = wait > longestWait;
  const how = isTooLong
    ? `and asks to wait ${Math.ceil(wait / 1000)} seconds`
    : `(tried ${failures} ${failures === 1 ? "time" : "times"})`;
  return new DataError(code, {
    message: `${name}: ${message} ${how}`,
    location: { source: name },
    cause,
    ...(isTooLong
      ? { hint: "Try again after that time. With a token in HF_TOKEN the Hub's limits are higher." }
      : {}),
  });
}

/** Whether an answer of this status is a passing trouble of the server. */
export function isTemporary(status: number): boolean {
  return status === 408 || status === 429 || status >= 500;
}

/**
 * Milliseconds that a server asks us to wait: by `Retry-After`, or by the Hub's `RateLimit: "api";r=0;t=55`
 * (https://huggingface.co/docs/hub/rate-limits).
 */
export function waitOf(headers: Headers): number | undefined {
  if (headers.has("retry-after")) {
    return retryAfter(headers);
  }
  const reset = /;\s*t=(\d{1,9})/u.exec(headers.get("ratelimit") ?? "")?.[1];
  return reset === undefined ? undefined : Number(reset) * 1000;
}
