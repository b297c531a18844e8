// Rival: DuckDB, one statement from file to file.
// Usage: node duckdb.js INPUT.csv OUTPUT.jsonl
//
// What it does not do: check a row, reject one and go on, compute keys, count.
import { DuckDBInstance } from "@duckdb/node-api";

const [input, output] = process.argv.slice(2) as [string, string];
const quoted = (text: string) => `'${text.replaceAll("'", "''")}'`;

/** A column as a JSON text with U+2028 and U+2029 escaped. They can stand only inside the text. */
const json = (column: string) =>
  `replace(replace(CAST(to_json(${column}) AS VARCHAR), chr(8232), '\\u2028'), chr(8233), '\\u2029')`;

const line = [
  `'{"input":{"messages":[{"role":"user","content":'`,
  json("prompt"),
  `'}],"tools":[],"parallel_tool_calls":true},"preferred_output":[{"role":"assistant","content":'`,
  json("chosen"),
  `'}],"non_preferred_output":[{"role":"assistant","content":'`,
  json("rejected"),
  `'}]}'`,
].join(" || ");

// Its parallel reader gives up on line feeds inside quotes; one thread is then faster than two, which only wait.
// `line` holds the whole JSON text: written as CSV without a quote character and with a delimiter that valid
// JSON cannot hold, it arrives as it is.
const instance = await DuckDBInstance.create(":memory:", { threads: "1" });
const connection = await instance.connect();
await connection.run(`
  COPY (
    SELECT ${line} AS line
    FROM read_csv(${quoted(input)}, header = true, all_varchar = true, parallel = false, auto_detect = false,
      delim = ',', quote = '"', escape = '"',
      columns = {'prompt': 'VARCHAR', 'chosen': 'VARCHAR', 'rejected': 'VARCHAR'})
  ) TO ${quoted(output)} (FORMAT csv, HEADER false, QUOTE '', ESCAPE '', DELIMITER E'\\x01')
`);
connection.closeSync();
instance.closeSync();
