import { spawnSync } from "node:child_process";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";

/** One way from the CSV file to the canonical lines. */
export interface Contender {
  readonly name: string;
  /** What it does not do that `dpo convert` does. */
  readonly leavesOut: string;
  /** Its version; undefined where it is not installed. */
  readonly version: string | undefined;
  /** Command and arguments of one run. */
  command(input: string, output: string): readonly string[];
}

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const require = createRequire(import.meta.url);

function versionOf(module: string): string {
  return (require(`${module}/package.json`) as { version: string }).version;
}

/** The command that is measured. Its start script is left out: the same file is run by every installation. */
export const dpoScript: string = here("../../cli/bin/dpo.js");

const node = (script: string) => (input: string, output: string) => [process.execPath, script, input, output];
const onlyLines = "dialect, encoding and columns found; checks; rejects; keys; ledgers; manifest";

/** Everything that is compared, ours first. */
export function listContenders(): readonly Contender[] {
  const python = spawnSync("python3", ["--version"], { encoding: "utf8" });
  return [
    {
      name: "dpo convert",
      leavesOut: "",
      version: spawnSync(process.execPath, [dpoScript, "--version"], { encoding: "utf8" })
        .stdout?.trim()
        .replace(/^dpo /u, ""),
      command: (input, output) => [process.execPath, dpoScript, "convert", input, "-o", output],
    },
    {
      name: "encodeCsv (library)",
      leavesOut: "finding the format, counting duplicates, side files, manifest",
      version: versionOf("@dpo-kit/csv"),
      command: node(here("./library-road.js")),
    },
    {
      name: "Python csv + json",
      leavesOut: onlyLines,
      version: python.status === 0 ? python.stdout.trim().replace("Python ", "") : undefined,
      command: (input, output) => ["python3", here("../rivals/python_csv.py"), input, output],
    },
    {
      name: "DuckDB (1 thread, parallel=false)",
      leavesOut: `${onlyLines}; bounded memory`,
      version: versionOf("@duckdb/node-api"),
      command: node(here("./rivals/duckdb.js")),
    },
    {
      name: "papaparse + JSON.stringify",
      leavesOut: onlyLines,
      version: versionOf("papaparse"),
      command: node(here("./rivals/papaparse.js")),
    },
  ];
}
