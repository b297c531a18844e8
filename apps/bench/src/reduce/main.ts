// node apps/bench/dist/reduce/main.js [--bytes 1e9] [--rounds 3] [--seed 1] [--alone] [--results FILE]
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { type Contender, dpoScript } from "../contenders.ts";
import { generateFile } from "../generate/generate-file.ts";
import { runRace } from "../race.ts";
import { formatTable } from "../result-page.ts";
import { putSection } from "../result-sections.ts";
import { type Measurement, runMeasured } from "../run-measured.ts";
import { median, spread } from "../statistics.ts";
import { listReduceContenders } from "./reduce-contenders.ts";

const { values } = parseArgs({
  options: {
    bytes: { type: "string", default: "1e9" },
    rounds: { type: "string", default: "3" },
    seed: { type: "string", default: "1" },
    alone: { type: "boolean", default: false },
    results: { type: "string" },
  },
});
const rounds = Number(values.rounds);
const report = (text: string) => void process.stderr.write(`${text}\n`);
const folder = mkdtempSync(join(tmpdir(), "dpo-bench-reduce-"));

async function runDpo(args: readonly string[]): Promise<Measurement> {
  const run = await runMeasured(process.execPath, [dpoScript, ...args]);
  if (run.exitCode !== 0) {
    throw new Error(`dpo ${args.join(" ")} ended with ${run.exitCode}:\n${run.stderr}`);
  }
  return run;
}

/** About so many bytes of canonical lines, about one in a hundred of them repeated. */
async function makeLines(bytes: number): Promise<string> {
  const [csv, lines] = [join(folder, "feedback.csv"), join(folder, "lines.jsonl")];
  // A line has 7 % more bytes than the row that it comes from.
  generateFile(csv, { bytes: Math.round(bytes / 1.071), seed: Number(values.seed) });
  await runDpo(["convert", csv, "-o", lines, "--no-digest"]);
  rmSync(csv);
  return lines;
}

async function raceOf(present: readonly Contender[], input: string): Promise<string> {
  const outputs = join(folder, "outputs");
  mkdirSync(outputs);
  const race = await runRace(present, { input, folder: outputs, rounds, report });
  return formatTable({ race, missing: [], inputBytes: statSync(input).size });
}

/** What has no rival here: one line for each command. */
async function measureAlone(input: string, args: readonly string[]): Promise<string> {
  const runs: Measurement[] = [];
  for (let round = 1; round <= rounds; round += 1) {
    const output = join(folder, "alone/");
    runs.push(await runDpo([args[0]!, input, "-o", output, ...args.slice(1)]));
    rmSync(output, { recursive: true });
    report(`round ${round}: dpo ${args.join(" ")} ${runs.at(-1)!.seconds.toFixed(2)} s`);
  }
  const seconds = runs.map((run) => run.seconds);
  const speed = (statSync(input).size / 1e6 / median(seconds)).toFixed(0);
  const peak = Math.max(...runs.map((run) => run.peakMebibytes ?? 0)).toFixed(0);
  return `- \`dpo ${args.join(" ")}\`: ${spread(seconds, 2)} s, ${speed} MB/s, peak ${peak} MiB`;
}

const commands: readonly (readonly string[])[] = [
  ["dedupe", "--dedupe", "normalised"],
  ["dedupe", "--conflicts", "majority"],
  ["split"],
  ["split", "--split", "train=rest,test=5000", "--shuffle"],
];

try {
  const input = await makeLines(Number(values.bytes));
  const size = `${(statSync(input).size / 1e9).toFixed(2)} GB`;
  report(`${size} of lines`);
  const contenders = listReduceContenders();
  const present = contenders.filter(
    ({ version }, index) => version !== undefined && !(values.alone && index > 0),
  );
  const table = await raceOf(present, input);
  const alone: string[] = [];
  for (const args of values.alone ? [["split"]] : commands) {
    alone.push(await measureAlone(input, args));
  }
  const versions = present.map(({ name, version }) => `${name} ${version}`).join(", ");
  const section = `# Results: equal lines out of ${size} of canonical lines

Written by \`node apps/bench/dist/reduce/main.js\`: lines of the same generated file (seed ${values.seed}), about one in \
a hundred repeated. Measured as above, ${rounds} round${rounds === 1 ? "" : "s"}; all outputs have the same digest. The others leave out checks, \
rejects, keys, the list of what went, ledgers, the manifest with its digests, and bounded memory. Versions: ${versions}.

${table}

Alone:

${alone.join("\n")}
`;
  process.stdout.write(section);
  if (values.results !== undefined) {
    const page = existsSync(values.results) ? readFileSync(values.results, "utf8") : "";
    writeFileSync(values.results, putSection(page, section));
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
