// npm run bench -- [--bytes 1e9] [--rounds 5] [--seed 1] [--results FILE]
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { type Contender, dpoScript, listContenders } from "./contenders.ts";
import { type GeneratedFile, generateFile } from "./generate/generate-file.ts";
import { digestOf, runRace } from "./race.ts";
import { formatResultPage } from "./result-page.ts";
import { putSection } from "./result-sections.ts";
import { type Measurement, runMeasured } from "./run-measured.ts";

const usage = `npm run bench -- [--bytes N] [--rounds N] [--seed N] [--results FILE]

  --bytes N       size of the generated file, default 1e9
  --rounds N      how often each contender runs, default 5
  --seed N        default 1
  --results FILE  where the page is written; default apps/bench/RESULTS.md if the file has 1 GB or more, else nowhere
`;

interface BenchOptions {
  bytes: number;
  rounds: number;
  seed: number;
  results: string | undefined;
}

function readOptions(): BenchOptions {
  const { values } = parseArgs({
    options: {
      bytes: { type: "string", default: "1e9" },
      rounds: { type: "string", default: "5" },
      seed: { type: "string", default: "1" },
      results: { type: "string" },
      help: { type: "boolean" },
    },
  });
  const [bytes, rounds, seed] = [Number(values.bytes), Number(values.rounds), Number(values.seed)];
  if (
    values.help ||
    !(bytes >= 1e5) ||
    !Number.isInteger(rounds) ||
    rounds < 1 ||
    !Number.isSafeInteger(seed)
  ) {
    process.stderr.write(usage);
    process.exit(values.help ? 0 : 2);
  }
  const record = fileURLToPath(new URL("../RESULTS.md", import.meta.url));
  return { bytes, rounds, seed, results: values.results ?? (bytes >= 1e9 ? record : undefined) };
}

const report = (text: string) => void process.stderr.write(`${text}\n`);

/** Converts the input once and validates the lines in each round. */
async function measureValidation(
  converter: Contender,
  input: string,
  rounds: number,
): Promise<{ validation: Measurement[]; outputBytes: number }> {
  const folder = mkdtempSync(join(tmpdir(), "dpo-bench-lines-"));
  try {
    const output = join(folder, "train.jsonl");
    const [command, ...args] = converter.command(input, output);
    await runMeasured(command!, args);
    const runs: Measurement[] = [];
    for (let round = 1; round <= rounds; round += 1) {
      const run = await runMeasured(process.execPath, [dpoScript, "validate", output]);
      if (run.exitCode !== 0) {
        throw new Error(`dpo validate ended with ${run.exitCode}:\n${run.stderr}`);
      }
      runs.push(run);
      report(`round ${round}: dpo validate ${run.seconds.toFixed(2)} s`);
    }
    return { validation: runs, outputBytes: statSync(output).size };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function measureAll(options: BenchOptions, input: string, file: GeneratedFile): Promise<string> {
  const contenders = listContenders();
  const present = contenders.filter((one) => one.version !== undefined && one.version !== "");
  if (!present.includes(contenders[0]!)) {
    throw new Error("dpo does not start; run `npm run build` first");
  }
  const folder = join(input, "..", "outputs");
  mkdirSync(folder);
  const inputDigest = await digestOf(input);
  const race = await runRace(present, { input, folder, rounds: options.rounds, report });
  const { validation, outputBytes } = await measureValidation(present[0]!, input, options.rounds);
  return formatResultPage({
    race,
    missing: contenders.filter((one) => !present.includes(one)),
    validation,
    outputBytes,
    rounds: options.rounds,
    seed: options.seed,
    inputBytes: file.bytes,
    rows: file.rows,
    inputDigest,
  });
}

const options = readOptions();
const folder = mkdtempSync(join(tmpdir(), "dpo-bench-input-"));
try {
  const input = join(folder, "feedback.csv");
  const file = generateFile(input, options);
  report(`${file.bytes} bytes, ${file.rows} rows generated in ${file.seconds.toFixed(1)} s`);
  const page = await measureAll(options, input, file);
  process.stdout.write(page);
  if (options.results !== undefined) {
    const before = existsSync(options.results) ? readFileSync(options.results, "utf8") : "";
    writeFileSync(options.results, putSection(before, page));
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
