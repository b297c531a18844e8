import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** What one run of a process took. */
export interface Measurement {
  exitCode: number | null;
  /** Wall time from the start of the process to its end, its own start included. */
  seconds: number;
  /** Time on processors, of all threads, for the program and for the system; undefined where it cannot be had. */
  cpuSeconds: number | undefined;
  /** The largest resident set of the process and its children, in MiB; undefined where it cannot be had. */
  peakMebibytes: number | undefined;
  /** The last 2,000 characters of what it wrote on standard error. */
  stderr: string;
}

const timeCommand = "/usr/bin/time";

/** GNU time reports the kernel's own figure, `ru_maxrss`; other systems have a `time` that does not. */
function hasGnuTime(): boolean {
  const version = spawnSync(timeCommand, ["--version"], { encoding: "utf8" });
  return /GNU/u.test(`${version.stdout}${version.stderr}`);
}

/** Runs a command in a process of its own and measures it. Standard output is thrown away. */
export async function runMeasured(command: string, args: readonly string[]): Promise<Measurement> {
  const folder = mkdtempSync(join(tmpdir(), "dpo-bench-"));
  const report = join(folder, "time");
  try {
    const viaTime = hasGnuTime();
    const line = viaTime
      ? [timeCommand, "-f", "%M %U %S", "-o", report, command, ...args]
      : [command, ...args];
    const result = await runToEnd(line);
    return {
      ...result,
      ...(viaTime ? readReport(report) : { cpuSeconds: undefined, peakMebibytes: undefined }),
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** What GNU time wrote; before it there is a line where the command failed. */
function readReport(report: string): Pick<Measurement, "cpuSeconds" | "peakMebibytes"> {
  const last = readFileSync(report, "utf8").trim().split("\n").at(-1)!;
  const [peak, user, system] = last.split(" ").map(Number) as [number, number, number];
  return { cpuSeconds: user + system, peakMebibytes: peak / 1024 };
}

function runToEnd(line: readonly string[]): Promise<Pick<Measurement, "exitCode" | "seconds" | "stderr">> {
  return new Promise((resolve, reject) => {
    const start = performance.now();
    const child = spawn(line[0]!, line.slice(1), { stdio: ["ignore", "ignore", "pipe"] });
    let stderr = "";
    child.stderr.setEncoding("utf8");
    child.stderr.on("data", (text: string) => {
      stderr = (stderr + text).slice(-2_000);
    });
    child.on("error", reject);
    child.on("close", (exitCode) =>
      resolve({ exitCode, seconds: (performance.now() - start) / 1_000, stderr }),
    );
  });
}
