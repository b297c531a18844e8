import { availableParallelism } from "node:os";
import { chooseEncoding, type EncodingChoice } from "../encoding/choose-encoding.ts";
import type { EncodingName } from "../encoding/encoding-name.ts";
import type { EncodedLines, LineTokens } from "../example/count-lines.ts";
import { createTokenCounter } from "../token-counter.ts";
import { type CountingThread, startCountingThread } from "./counting-thread.ts";

/** How a pool works. */
export interface TokenPoolOptions {
  /**
   * How many threads count. 0: none, this one does. Default: as many as the machine has processors, at most 8;
   * where this package runs from its TypeScript sources, 0.
   */
  readonly threads?: number;
  /** Where the program of the threads is, for bundlers that move files. Default: beside this module. */
  readonly program?: URL;
}

/** Counts lines in threads. What it counts does not depend on how many. */
export interface TokenPool {
  readonly encoding: EncodingName;
  readonly threads: number;
  /**
   * The tokens of each line. Lines are copied to the thread, so they can be used on. Ask for several batches
   * before waiting for the first, as many as there are threads, to keep all of them busy.
   *
   * @throws TOKENS_RUN_TOO_LONG
   */
  countLines(lines: EncodedLines): Promise<LineTokens>;
  /** Ends the threads. What is not answered yet is rejected. */
  close(): Promise<void>;
}

const MOST_THREADS = 8;

/**
 * Starts threads that count in one encoding; each loads it for itself.
 *
 * @throws TOKENS_ENCODING_UNKNOWN
 */
export async function createTokenPool(
  choice: EncodingChoice,
  options: TokenPoolOptions = {},
): Promise<TokenPool> {
  const encoding = chooseEncoding(choice);
  const threads = options.threads ?? defaultThreads(options.program);
  if (threads === 0) {
    const counter = await createTokenCounter({ encoding });
    return {
      encoding,
      threads,
      countLines: async (lines) => counter.countLines(lines),
      close: async () => {},
    };
  }
  const program = options.program ?? new URL("./token-worker.js", import.meta.url);
  const list = Array.from({ length: threads }, () => startCountingThread(program, encoding));
  return {
    encoding,
    threads,
    countLines: (lines) => leastBusy(list).count(lines),
    async close() {
      await Promise.all(list.map((thread) => thread.end()));
    },
  };
}

/** A thread needs a program of JavaScript, which the sources are not. */
function defaultThreads(program: URL | undefined): number {
  const runsFromSource = program === undefined && import.meta.url.endsWith(".ts");
  return runsFromSource ? 0 : Math.min(availableParallelism(), MOST_THREADS);
}

function leastBusy(threads: readonly CountingThread[]): CountingThread {
  return threads.reduce((best, thread) => (thread.waiting < best.waiting ? thread : best));
}
