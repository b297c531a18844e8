import { retryAfter } from "@dpo-kit/io";
import { DataError, type IssueCode } from "@dpo-kit/schema";
import type { Redact } from "./redact.ts";
import { PassingFailure } from "./retry.ts";

/** An answer that is none of success. */
export interface RefusedAnswer {
  readonly status: number;
  readonly headers: Headers;
  /** What the server says of it. */
  readonly message: string;
  readonly code?: string | undefined;
}

const LONGEST_MESSAGE = 400;

/** The error that an answer stands for: a {@link PassingFailure}, or one that no other attempt puts right. */
export function answerError(answer: RefusedAnswer, name: string, redact: Redact): Error {
  const { status, headers, code } = answer;
  // A server may repeat what it was sent: the key may be in there.
  const said = redact(answer.message).replace(/\s+/gu, " ").trim().slice(0, LONGEST_MESSAGE);
  const message = `answered ${status}${said === "" ? "" : `: ${said}`}`;
  // No quota is not put right by waiting: https://platform.openai.com/docs/guides/error-codes
  const isPassing = status === 408 || status === 425 || status === 429 || status >= 500;
  if (isPassing && code !== "insufficient_quota") {
    const mayHaveHappened = status >= 500 || status === 408;
    return new PassingFailure(message, { wait: waitOf(headers), mayHaveHappened });
  }
  return new DataError(codeOf(status), {
    message: `${name} ${message}`,
    location: { source: name },
    cause: { status },
  });
}

/** The status of the answer that an error stands for, if it stands for one. */
export function statusOf(error: unknown): number | undefined {
  return DataError.isInstance(error) ? (error.cause as { status?: number } | undefined)?.status : undefined;
}

/** The error of a request that brought no answer, or whose answer broke off. */
export function unansweredError(error: unknown, redact: Redact): PassingFailure {
  const { cause, message } = error as { cause?: { code?: string; message?: string }; message?: string };
  const what = cause?.code ?? cause?.message ?? message ?? "the connection broke";
  return new PassingFailure(`no answer: ${redact(what)}`, { mayHaveHappened: true, cause: error });
}

function codeOf(status: number): IssueCode {
  if (status === 401 || status === 403) {
    return "TUNE_NOT_AUTHORISED";
  }
  return status === 404 ? "TUNE_NOT_FOUND" : "TUNE_REQUEST_REFUSED";
}

/** Milliseconds that a server asks us to wait, by `retry-after-ms` (of OpenAI and Azure) or `Retry-After`. */
export function waitOf(headers: Headers): number | undefined {
  const exact = headers.get("retry-after-ms");
  return exact !== null && /^\d+(?:\.\d+)?$/u.test(exact) ? Number(exact) : retryAfter(headers);
}
