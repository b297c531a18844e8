// The library in eight lines. Run it after `npm run demo` or `npm test`: node examples/import.mjs
import { createReadStream } from "node:fs";
import { convertCsv } from "@dpo-kit/csv";

const source = createReadStream(new URL("feedback.csv", import.meta.url));
const columns = { prompt: "Question", preferred: "Better answer", nonPreferred: "Worse answer" };
for await (const outcome of convertCsv(source, { columns })) {
  if (outcome.kind === "pairs") console.log(JSON.stringify(outcome.pairs[0].example));
  if (outcome.kind === "rejected") console.error(outcome.at.line, outcome.issues[0].message);
}
