import type { LineCode } from "../codes/index.ts";

/** What a check says beside code and path. What is left out comes from the registry. */
export interface ReportDetails {
  message?: string;
  expected?: string;
  found?: unknown;
  hint?: string;
}

/**
 * How a check tells what it finds. It knows which message is being looked at, so that a path is only put
 * together when there is something to say.
 */
export abstract class Report {
  #list = "";
  #index = 0;

  /** From here to `leave`, paths are relative to that message. */
  at(list: string, index: number): this {
    this.#list = list;
    this.#index = index;
    return this;
  }

  leave(): void {
    this.#list = "";
  }

  /** `inner` is the JSON path inside the message that `at` named, else inside the line; empty for itself. */
  abstract add(code: LineCode, inner: string, details?: ReportDetails): void;

  /** The JSON path from the line on. */
  protected path(inner: string): string {
    if (this.#list === "") {
      return inner;
    }
    const message = `${this.#list}[${this.#index}]`;
    return inner === "" || inner.startsWith("[") ? message + inner : `${message}.${inner}`;
  }
}
