// Rival: DuckDB takes out equal lines, the first of them staying where it is, in one statement from file to file.
// Usage: node duckdb-dedupe.js INPUT.jsonl OUTPUT.jsonl THREADS
//
// What it does not do: check a line, compute keys, tell which line went and which is kept, count.
import { DuckDBInstance } from "@duckdb/node-api";

const [input, output, threads] = process.argv.slice(2) as [string, string, string];
const quoted = (text: string) => `'${text.replaceAll("'", "''")}'`;

// A line is read and written as CSV of one column, without a quote and with a delimiter that valid JSON cannot hold.
const instance = await DuckDBInstance.create(":memory:", { threads });
const connection = await instance.connect();
await connection.run(`
  COPY (
    SELECT line FROM (
      SELECT line, row_number() OVER () AS place
      FROM read_csv(${quoted(input)}, header = false, auto_detect = false, quote = '', escape = '',
        delim = '\\x01', columns = {'line': 'VARCHAR'}, max_line_size = 20000000)
    )
    GROUP BY line
    ORDER BY min(place)
  ) TO ${quoted(output)} (FORMAT csv, HEADER false, QUOTE '', ESCAPE '', DELIMITER E'\\x01')
`);
connection.closeSync();
instance.closeSync();
