/** What goes wrong, and with which requests. */
export interface Fault {
  /** Fits `METHOD /path?query`. */
  on: RegExp;
  /** So many requests that fit go well first. Default: 0. */
  after?: number;
  /** So many then go wrong. Default: 1. */
  times?: number;
  effect: FaultEffect;
}

/**
 * - `answer`: this status is answered, and nothing is done.
 * - `drop`: the connection is broken `before-body` (nothing read), `during-body` (some of it read), `after-request`
 *   (everything is done, but nothing answered), or `during-answer` (done, and half of the answer sent).
 * - `malformed`: everything is done, and answered with JSON that breaks off.
 * - `trickle`: everything is done, and answered byte by byte.
 * - `stall`: everything is done, half of the answer is sent, and then nothing until the client gives up.
 */
export type FaultEffect =
  | { kind: "answer"; status: number; headers?: Record<string, string>; body?: unknown }
  | { kind: "drop"; when: "before-body" | "during-body" | "after-request" | "during-answer" }
  | { kind: "malformed" }
  | { kind: "trickle" }
  | { kind: "stall" };

/** Answers with a status and the provider's own envelope of an error. */
export function answerStatus(status: number, headers: Record<string, string> = {}): FaultEffect {
  return { kind: "answer", status, headers };
}

/**
 * Answers 429 and when to come again: in seconds or as a date (`Retry-After`, RFC 9110 section 10.2.3), or in
 * milliseconds (`retry-after-ms`, which OpenAI's clients know).
 */
export function tooManyRequests(
  wait: { seconds: number } | { date: Date } | { milliseconds: number },
): FaultEffect {
  if ("milliseconds" in wait) {
    return answerStatus(429, { "retry-after-ms": String(wait.milliseconds) });
  }
  return answerStatus(429, {
    "retry-after": "date" in wait ? wait.date.toUTCString() : String(wait.seconds),
  });
}

/** Breaks the connection. */
export function dropConnection(when: Extract<FaultEffect, { kind: "drop" }>["when"]): FaultEffect {
  return { kind: "drop", when };
}

/** Counts a request against the first fault that fits it, and gives what goes wrong with it, if anything. */
export function takeFault(faults: Fault[], line: string): FaultEffect | undefined {
  const at = faults.findIndex(({ on }) => on.test(line));
  const fault = faults[at];
  if (fault === undefined) {
    return undefined;
  }
  const { after = 0, times = 1, effect } = fault;
  if (after > 0) {
    faults[at] = { ...fault, after: after - 1 };
    return undefined;
  }
  if (times > 1) {
    faults[at] = { ...fault, times: times - 1 };
  } else {
    faults.splice(at, 1);
  }
  return effect;
}
