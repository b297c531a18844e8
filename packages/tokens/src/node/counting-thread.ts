import { Worker } from "node:worker_threads";
import type { EncodingName } from "../encoding/encoding-name.ts";
import { runTooLong } from "../encoding/guard-long-runs.ts";
import type { EncodedLines, LineTokens } from "../example/count-lines.ts";

/** A thread that counts. */
export interface CountingThread {
  /** How many pieces of work it has not answered yet. */
  readonly waiting: number;
  count(lines: EncodedLines): Promise<LineTokens>;
  end(): Promise<void>;
}

interface Answer {
  ticket: number;
  tokens?: LineTokens;
  error?: unknown;
  isRangeError?: boolean;
}

interface Asker {
  resolve(tokens: LineTokens): void;
  reject(error: unknown): void;
}

/** Starts a thread. It keeps the process alive only while it has work. */
export function startCountingThread(program: URL, encoding: EncodingName): CountingThread {
  const worker = new Worker(program, { workerData: { encoding }, name: "dpo-kit tokens" });
  const askers = new Map<number, Asker>();
  let tickets = 0;
  let failure: unknown;

  function fail(error: unknown): void {
    failure ??= error;
    for (const asker of askers.values()) {
      asker.reject(failure);
    }
    askers.clear();
  }

  worker.on("message", ({ ticket, tokens, error, isRangeError }: Answer) => {
    const asker = askers.get(ticket);
    askers.delete(ticket);
    if (askers.size === 0) {
      worker.unref();
    }
    if (tokens === undefined) {
      asker?.reject(isRangeError === true ? runTooLong(error) : error);
    } else {
      asker?.resolve(tokens);
    }
  });
  worker.on("error", fail);
  worker.on("exit", () => fail(new Error("The thread that counts tokens has ended")));
  worker.unref();

  return {
    get waiting() {
      return askers.size;
    },
    count({ count, bytes, spans }) {
      if (failure !== undefined) {
        return Promise.reject(failure);
      }
      return new Promise((resolve, reject) => {
        tickets += 1;
        askers.set(tickets, { resolve, reject });
        worker.ref();
        worker.postMessage({ ticket: tickets, lines: { count, bytes, spans } });
      });
    },
    async end() {
      await worker.terminate();
    },
  };
}
