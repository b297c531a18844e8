import { DuckDBInstance } from "@duckdb/node-api";
import { quoted, type RowLayout } from "./row-layouts.ts";

const conversation = (answer: string): string =>
  `[{'role': 'user', 'content': prompt}, {'role': 'assistant', 'content': ${answer}}]`;

const columns: Readonly<Record<RowLayout["kind"], string>> = {
  texts: "prompt, chosen, rejected",
  conversations: `prompt, ${conversation("chosen")} AS chosen, ${conversation("rejected")} AS rejected`,
};

/** Stores the rows of a CSV file in a layout, with DuckDB. */
export async function writeRows(csv: string, layout: RowLayout, output: string): Promise<void> {
  const instance = await DuckDBInstance.create(":memory:");
  const connection = await instance.connect();
  await connection.run(`
    COPY (
      SELECT ${columns[layout.kind]}
      FROM read_csv(${quoted(csv)}, header = true, all_varchar = true, parallel = false, auto_detect = false,
        delim = ',', quote = '"', escape = '"',
        columns = {'prompt': 'VARCHAR', 'chosen': 'VARCHAR', 'rejected': 'VARCHAR'})
    ) TO ${quoted(output)} (${layout.copyOptions})
  `);
  connection.closeSync();
  instance.closeSync();
}
