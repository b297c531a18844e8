// node apps/bench/dist/chat/main.js [--bytes 2e9] [--rounds 3] [--seed 1] [--keep FOLDER] [--results FILE]
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { dpoScript } from "../contenders.ts";
import { alignTable } from "../result-page.ts";
import { putSection } from "../result-sections.ts";
import { type Measurement, runMeasured } from "../run-measured.ts";
import { median, spread } from "../statistics.ts";
import { writeExport } from "./write-export.ts";

const { values } = parseArgs({
  options: {
    bytes: { type: "string", default: "2e9" },
    rounds: { type: "string", default: "3" },
    seed: { type: "string", default: "1" },
    keep: { type: "string" },
    results: { type: "string" },
  },
});
const [bytes, rounds, seed] = [values.bytes, values.rounds, values.seed].map(Number) as [
  number,
  number,
  number,
];
const folder = values.keep ?? mkdtempSync(join(tmpdir(), "dpo-bench-chat-"));

async function convert(signals: string, input: string): Promise<string[]> {
  const runs: Measurement[] = [];
  for (let round = 1; round <= rounds; round += 1) {
    const output = join(folder, "out.jsonl");
    const args = [dpoScript, "convert", input, "--signals", signals, "-o", output, "--force"];
    const run = await runMeasured(process.execPath, args);
    if (run.exitCode !== 0) {
      throw new Error(`dpo convert ended with ${run.exitCode}:\n${run.stderr}`);
    }
    process.stderr.write(`${signals}, round ${round}: ${run.seconds.toFixed(2)} s\n`);
    runs.push(run);
  }
  const seconds = runs.map((run) => run.seconds);
  const peak = Math.max(...runs.map(({ peakMebibytes = 0 }) => peakMebibytes));
  return [signals, spread(seconds, 2), (bytes / 1e6 / median(seconds)).toFixed(0), peak.toFixed(0)];
}

try {
  const input = join(folder, "export");
  if (!existsSync(input)) {
    mkdirSync(input, { recursive: true });
    writeExport(input, { bytes, seed });
  }
  const rows = [["`--signals`", "seconds", "MB/s", "peak MiB"]];
  for (const signals of ["default", "all"]) {
    rows.push(await convert(signals, input));
  }
  const section = `# Results: from a ChatGPT export to canonical lines

Written by \`node apps/bench/dist/chat/main.js\`: a folder with \`conversations.json\` of ${(bytes / 1e6).toFixed(0)} MB \
(seed ${seed}), thumbs and votes beside it. Measured as above, rounds: ${rounds}.

${alignTable(rows)}
`;
  process.stdout.write(section);
  if (values.results !== undefined) {
    const page = existsSync(values.results) ? readFileSync(values.results, "utf8") : "";
    writeFileSync(values.results, putSection(page, section));
  }
} finally {
  if (values.keep === undefined) {
    rmSync(folder, { recursive: true, force: true });
  }
}
