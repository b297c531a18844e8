// The library alone: `encodeCsv` from a file to a file.
// Usage: node library-road.js INPUT.csv OUTPUT.jsonl
import { closeSync, createReadStream, openSync, writeSync } from "node:fs";
import { encodeCsv } from "@dpo-kit/csv";

const [input, output] = process.argv.slice(2) as [string, string];
const target = openSync(output, "wx");
for await (const batch of encodeCsv(createReadStream(input, { highWaterMark: 1 << 20 }))) {
  for (let at = 0; at < batch.bytes.length; ) {
    at += writeSync(target, batch.bytes, at);
  }
}
closeSync(target);
