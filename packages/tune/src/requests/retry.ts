import { DataError } from "@dpo-kit/schema";

/** How requests are tried again. */
export interface RetryPolicy {
  /** Attempts after the first that may fail in a row. */
  readonly retries: number;
  /** Milliseconds before the second attempt; each later pause is twice as long, up to a minute. */
  readonly firstWait: number;
  readonly sleep: (milliseconds: number, signal: AbortSignal | undefined) => Promise<void>;
  readonly signal: AbortSignal | undefined;
  /** What is asked, as messages show it. */
  readonly name: string;
}

/** Something that another attempt may put right. */
export class PassingFailure extends Error {
  override readonly name: string = "PassingFailure";
  /** Milliseconds that the server asks us to wait. */
  readonly wait: number | undefined;
  /** Whether the server may have done what it was asked. */
  readonly mayHaveHappened: boolean;

  constructor(
    message: string,
    details: { wait?: number | undefined; mayHaveHappened: boolean; cause?: unknown },
  ) {
    super(message, { cause: details.cause });
    this.wait = details.wait;
    this.mayHaveHappened = details.mayHaveHappened;
  }
}

const LONGEST_PAUSE = 60_000;
/** A server that wants us to wait longer than this is not waited for. */
const LONGEST_ASKED = 5 * 60_000;

/**
 * Tries until it works; after a {@link PassingFailure} again, as long after as the server says.
 *
 * @throws TUNE_UNREACHABLE after the last attempt; any other error at once; the signal's reason on abort.
 */
export async function withRetries<T>(policy: RetryPolicy, attempt: () => Promise<T>): Promise<T> {
  for (let failures = 1; ; failures += 1) {
    try {
      return await attempt();
    } catch (error) {
      await waitAfter(policy, error, failures);
    }
  }
}

/** How something is created. */
export interface Creation<T> {
  /** Whether an earlier attempt may have created it. */
  readonly before: boolean;
  /** Looks whether it is there. */
  readonly find: () => Promise<T | undefined>;
  readonly create: () => Promise<T>;
}

/**
 * Creates something once: where an attempt may have done it, it is looked for before another one.
 *
 * @throws TUNE_UNREACHABLE as {@link withRetries} does
 */
export async function createOnce<T>(policy: RetryPolicy, { before, find, create }: Creation<T>): Promise<T> {
  let mayExist = before;
  return withRetries(policy, async () => {
    const found = mayExist ? await find() : undefined;
    if (found !== undefined) {
      return found;
    }
    try {
      return await create();
    } catch (error) {
      mayExist ||= error instanceof PassingFailure && error.mayHaveHappened;
      throw error;
    }
  });
}

async function waitAfter(policy: RetryPolicy, error: unknown, failures: number): Promise<void> {
  policy.signal?.throwIfAborted();
  if (!(error instanceof PassingFailure)) {
    throw error;
  }
  const { wait } = error;
  if (failures > policy.retries || (wait ?? 0) > LONGEST_ASKED) {
    throw givenUp(policy, error, failures);
  }
  await policy.sleep(wait ?? Math.min(LONGEST_PAUSE, policy.firstWait * 2 ** (failures - 1)), policy.signal);
}

function givenUp({ name }: RetryPolicy, error: PassingFailure, failures: number): DataError {
  const { wait = 0, message, cause } = error;
  const how =
    wait > LONGEST_ASKED
      ? `and asks to wait ${Math.ceil(wait / 1000)} seconds`
      : `(tried ${failures} ${failures === 1 ? "time" : "times"})`;
  return new DataError("TUNE_UNREACHABLE", {
    message: `${name}: ${message} ${how}`,
    location: { source: name },
    cause,
  });
}
