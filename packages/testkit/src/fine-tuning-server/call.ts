import type { IncomingHttpHeaders } from "node:http";

/** A request that was read whole. */
export interface Call {
  method: string;
  url: URL;
  headers: IncomingHttpHeaders;
  body: Buffer;
}

/** What is sent back. */
export interface Answer {
  status: number;
  headers: Record<string, string>;
  body: Buffer;
}

/** Answers with JSON. */
export function json(value: unknown, status = 200): Answer {
  return {
    status,
    headers: { "content-type": "application/json" },
    body: Buffer.from(JSON.stringify(value)),
  };
}

/** Why a request is refused; each provider has its own envelope for it. */
export class Refusal extends Error {
  readonly status: number;
  readonly param: string | null;
  readonly code: string | null;
  constructor(status: number, message: string, { param = null, code = null }: Partial<RefusalDetails> = {}) {
    super(message);
    this.status = status;
    this.param = param;
    this.code = code;
  }
}

interface RefusalDetails {
  /** The part of the request that is wrong. */
  param: string | null;
  /** What a program tells it by. */
  code: string | null;
}
