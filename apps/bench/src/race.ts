import { createHash } from "node:crypto";
import { createReadStream, existsSync, mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { Contender } from "./contenders.ts";
import { type Measurement, runMeasured } from "./run-measured.ts";

/** All runs of one contender. */
export interface RaceResult {
  readonly contender: Contender;
  readonly runs: readonly Measurement[];
}

/** What came of a race. */
export interface Race {
  readonly results: readonly RaceResult[];
  /** SHA-256 of the output, the same for all. */
  readonly outputDigest: string;
}

/** How a race is run. */
export interface RaceOptions {
  readonly input: string;
  /** An empty folder for the outputs. */
  readonly folder: string;
  readonly rounds: number;
  /** Told of each run as it ends. */
  readonly report: (text: string) => void;
}

/**
 * Lets the contenders run in turn, A B C, A B C, each into an output that was not there before. A time counts
 * only when the exit code is 0 and the output has the digest that every other output has.
 *
 * @throws {Error} when a run fails or an output differs.
 */
export async function runRace(contenders: readonly Contender[], options: RaceOptions): Promise<Race> {
  const runs = new Map<Contender, Measurement[]>(contenders.map((one) => [one, []]));
  let expected: string | undefined;
  for (let round = 1; round <= options.rounds; round += 1) {
    for (const contender of contenders) {
      const { measurement, digest } = await runOnce(contender, options);
      expected ??= digest;
      if (digest !== expected) {
        throw new Error(`${contender.name}: the output has SHA-256 ${digest}, the others' has ${expected}`);
      }
      runs.get(contender)!.push(measurement);
      const { seconds, cpuSeconds } = measurement;
      const cpu = cpuSeconds === undefined ? "" : `, ${cpuSeconds.toFixed(2)} s of CPU`;
      options.report(`round ${round}: ${contender.name} ${seconds.toFixed(2)} s${cpu}`);
    }
  }
  return {
    results: contenders.map((contender) => ({ contender, runs: runs.get(contender)! })),
    outputDigest: expected!,
  };
}

async function runOnce(
  contender: Contender,
  { input, folder }: RaceOptions,
): Promise<{ measurement: Measurement; digest: string }> {
  const fresh = join(folder, "run");
  mkdirSync(fresh);
  try {
    const output = join(fresh, "train.jsonl");
    const [command, ...args] = contender.command(input, output);
    const measurement = await runMeasured(command!, args);
    if (measurement.exitCode !== 0 || !existsSync(output)) {
      throw new Error(`${contender.name} ended with ${measurement.exitCode}:\n${measurement.stderr}`);
    }
    return { measurement, digest: await digestOf(output) };
  } finally {
    rmSync(fresh, { recursive: true });
  }
}

/** SHA-256 of a file, in hexadecimal digits. */
export async function digestOf(path: string): Promise<string> {
  const hash = createHash("sha256");
  for await (const piece of createReadStream(path, { highWaterMark: 1 << 20 })) {
    hash.update(piece as Buffer);
  }
  return hash.digest("hex");
}
