import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { type Contender, dpoScript, listContenders } from "../contenders.ts";

const rival = fileURLToPath(new URL("./duckdb-dedupe.js", import.meta.url));
const leavesOut =
  "checks; rejects; keys; what went and what is kept for it; ledgers; manifest; bounded memory";

/** Everything that takes equal lines out of a file, ours first. */
export function listReduceContenders(): readonly Contender[] {
  const all = listContenders();
  const versionOf = (name: string) => all.find((one) => one.name.startsWith(name))?.version;
  const awk = spawnSync("awk", ["-W", "version"], { encoding: "utf8" });
  const duckdb = (threads: string): Contender => ({
    name: `DuckDB (${threads} thread${threads === "1" ? "" : "s"})`,
    leavesOut,
    version: versionOf("DuckDB"),
    command: (input, output) => [process.execPath, rival, input, output, threads],
  });
  return [
    {
      name: "dpo dedupe",
      leavesOut: "",
      version: versionOf("dpo convert"),
      command: (input, output) => [process.execPath, dpoScript, "dedupe", input, "-o", output],
    },
    duckdb("1"),
    duckdb("2"),
    {
      name: "awk '!seen[$0]++'",
      leavesOut,
      version: awk.error === undefined ? `${awk.stdout}${awk.stderr}`.split(/[\n,]/u, 1)[0]! : undefined,
      command: (input, output) => ["sh", "-c", `awk '!seen[$0]++' "$1" > "$2"`, "sh", input, output],
    },
  ];
}
