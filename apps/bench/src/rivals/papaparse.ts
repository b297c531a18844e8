// Rival: papaparse and JSON.stringify, the usual way in Node.
// Usage: node papaparse.js INPUT.csv OUTPUT.jsonl
//
// What it does not do: find out encoding or columns, check a row, reject one, compute keys, count.
import { createReadStream, createWriteStream } from "node:fs";
import papaparse from "papaparse";

interface Row {
  prompt: string;
  chosen: string;
  rejected: string;
}

const [input, output] = process.argv.slice(2) as [string, string];
const separators = /[\u2028\u2029]/gu;

function toLine({ prompt, chosen, rejected }: Row): string {
  const line = JSON.stringify({
    input: { messages: [{ role: "user", content: prompt }], tools: [], parallel_tool_calls: true },
    preferred_output: [{ role: "assistant", content: chosen }],
    non_preferred_output: [{ role: "assistant", content: rejected }],
  });
  return `${line.replace(separators, (one) => (one === "\u2028" ? "\\u2028" : "\\u2029"))}\n`;
}

// Decoded by the stream: given bytes, papaparse would break a character that lies across two pieces.
const source = createReadStream(input, { encoding: "utf8", highWaterMark: 1 << 20 });
const target = createWriteStream(output, { highWaterMark: 1 << 22 });
papaparse.parse<Row>(source, {
  header: true,
  skipEmptyLines: true,
  chunk({ data }, parser) {
    if (!target.write(data.map(toLine).join(""))) {
      parser.pause();
      target.once("drain", () => parser.resume());
    }
  },
  complete: () => target.end(),
  error(error: Error) {
    throw error;
  },
});
