// Rival: DuckDB, one statement from a file of rows to a file of lines.
// Usage: node duckdb-rows.js LAYOUT THREADS INPUT OUTPUT.jsonl
//
// What it does not do: find the columns, check a row, reject one and go on, compute keys, count.
import { DuckDBInstance } from "@duckdb/node-api";
import { quoted, rowLayouts } from "../rows/row-layouts.ts";

const [id, threads, input, output] = process.argv.slice(2) as [string, string, string, string];
const { isParquet, kind } = rowLayouts.find((layout) => layout.id === id)!;

/** A value as a JSON text with U+2028 and U+2029 escaped. They can stand only inside the text. */
const json = (value: string) =>
  `replace(replace(CAST(to_json(${value}) AS VARCHAR), chr(8232), '\\u2028'), chr(8233), '\\u2029')`;
const answer = (column: string) => json(kind === "texts" ? column : `${column}[-1].content`);
const line = [
  `'{"input":{"messages":[{"role":"user","content":'`,
  json("prompt"),
  `'}],"tools":[],"parallel_tool_calls":true},"preferred_output":[{"role":"assistant","content":'`,
  answer("chosen"),
  `'}],"non_preferred_output":[{"role":"assistant","content":'`,
  answer("rejected"),
  `'}]}'`,
].join(" || ");

const type = quoted(kind === "texts" ? "VARCHAR" : `STRUCT("role" VARCHAR, "content" VARCHAR)[]`);
const columns = `{prompt: 'VARCHAR', chosen: ${type}, rejected: ${type}}`;
const source = isParquet
  ? `read_parquet(${quoted(input)})`
  : `read_json(${quoted(input)}, format = 'newline_delimited', columns = ${columns})`;

// `line` holds the whole JSON text: written as CSV without a quote character and with a delimiter that valid
// JSON cannot hold, it arrives as it is.
const instance = await DuckDBInstance.create(":memory:", { threads });
const connection = await instance.connect();
await connection.run(
  `COPY (SELECT ${line} AS line FROM ${source})
   TO ${quoted(output)} (FORMAT csv, HEADER false, QUOTE '', ESCAPE '', DELIMITER E'\\x01')`,
);
connection.closeSync();
instance.closeSync();
