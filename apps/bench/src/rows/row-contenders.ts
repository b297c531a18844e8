import { fileURLToPath } from "node:url";
import { type Contender, listContenders } from "../contenders.ts";
import type { RowLayout } from "./row-layouts.ts";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const onlyLines = "columns found; checks; rejects; keys; duplicates counted; ledgers; manifest with digests";

/** What converts the rows of a layout, ours first. */
export function listRowContenders(layout: RowLayout): readonly Contender[] {
  const all = listContenders();
  const versionOf = (prefix: string) => all.find(({ name }) => name.startsWith(prefix))?.version;
  const duckdb = (threads: number): Contender => ({
    name: `DuckDB (${threads} ${threads === 1 ? "thread" : "threads"})`,
    leavesOut: onlyLines,
    version: versionOf("DuckDB"),
    command: (input, output) => [
      process.execPath,
      here("../rivals/duckdb-rows.js"),
      layout.id,
      String(threads),
      input,
      output,
    ],
  });
  const python: Contender = {
    name: "Python json",
    leavesOut: onlyLines,
    version: versionOf("Python"),
    command: (input, output) => ["python3", here("../../rivals/python_jsonl.py"), input, output],
  };
  return [all[0]!, duckdb(1), duckdb(2), ...(layout.isParquet ? [] : [python])];
}
