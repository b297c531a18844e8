import { parentPort, workerData } from "node:worker_threads";
import type { EncodingName } from "../encoding/encoding-name.ts";
import { createTextCounter } from "../encoding/text-counter.ts";
import { countLineTokens, type EncodedLines } from "../example/count-lines.ts";

/** A piece of work: lines, and the number it is answered with. */
export interface TokenTask {
  readonly ticket: number;
  readonly lines: EncodedLines;
}

const port = parentPort!;
const counter = createTextCounter((workerData as { encoding: EncodingName }).encoding);

port.on("message", async ({ ticket, lines }: TokenTask) => {
  try {
    port.postMessage({ ticket, tokens: countLineTokens(lines, await counter) });
  } catch (error) {
    port.postMessage({ ticket, error, isRangeError: error instanceof RangeError });
  }
});
