import { closeSync, existsSync, openSync, readSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import {
  createKeyHasher,
  createKeyTable,
  type KeyHasher,
  type KeyTable,
  keyText,
  type PairBatch,
  type Provenance,
} from "@dpo-kit/batch";
import { DataError } from "@dpo-kit/schema";
import { groupColumn, withGroupColumn } from "../group-columns.ts";
import { parseShardPath } from "../shard-name.ts";
import { ORIGIN_FIELD } from "./provenance-line.ts";

/** What is known of the origin of canonical lines, from the file beside them that a run with `--provenance` wrote. */
export interface ProvenanceFile {
  /** The batch with what is known of its pairs, and with their fields as group columns. */
  join(batch: PairBatch): PairBatch;
  close(): void;
}

/** One row, as far as it is used. */
interface Row {
  readonly key?: unknown;
  readonly split?: unknown;
  readonly fields?: Provenance;
}

/**
 * Opens the provenance file of a file of canonical lines: `train.provenance.jsonl` beside `train.jsonl`, or
 * `provenance.jsonl` in its folder. Where there is none, nothing is known.
 */
export async function openProvenance(
  lines: string,
  fields: readonly string[],
): Promise<ProvenanceFile | undefined> {
  const stem = basename(parseShardPath(lines)?.whole ?? lines).replace(/\.jsonl(?:\.gz|\.zst)?$/u, "");
  const path = [`${stem}.provenance.jsonl`, "provenance.jsonl"]
    .map((name) => join(dirname(lines), name))
    .find((candidate) => existsSync(candidate));
  return path === undefined
    ? undefined
    : new JoinedFile(path, { stem, fields, hasher: await createKeyHasher() });
}

class JoinedFile implements ProvenanceFile {
  readonly #rows: RowReader;
  readonly #fields: readonly string[];
  readonly #hasher: KeyHasher;
  /** Where the rows are, by key; made when the lines are first found to be in another order than the rows. */
  #index: KeyTable | undefined;

  constructor(path: string, options: { stem: string; fields: readonly string[]; hasher: KeyHasher }) {
    this.#rows = new RowReader(path, options.stem);
    this.#fields = options.fields;
    this.#hasher = options.hasher;
  }

  join(batch: PairBatch): PairBatch {
    const rows = Array.from({ length: batch.count }, (_, pair) => this.#rowOf(batch, pair));
    const provenance = batch.provenance === undefined ? {} : { provenance: rows.map(provenanceOf) };
    let joined: PairBatch = { ...batch, ...provenance };
    for (const name of this.#fields) {
      const at = (pair: number): string => textOf(rows[pair]?.fields, name);
      joined = withGroupColumn(joined, groupColumn(name, this.#hasher, { count: batch.count, at }));
    }
    return joined;
  }

  #rowOf(batch: PairBatch, pair: number): Row | undefined {
    const key = keyText(batch.lineKey, pair);
    const before = this.#rows.position;
    const next = this.#rows.next();
    if (next?.key === key) {
      return next;
    }
    const at = this.#find(key);
    this.#rows.position = at === -1 ? before : at;
    return at === -1 ? undefined : this.#rows.next();
  }

  #find(key: string): number {
    this.#index ??= this.#rows.index();
    return this.#index.find(keyWords(key), 0);
  }

  close(): void {
    this.#rows.close();
  }
}

/** Reads rows from any place on. */
class RowReader {
  /** Where the next row begins. */
  position = 0;
  readonly #path: string;
  readonly #split: string;
  readonly #file: number;
  #buffer = Buffer.alloc(1 << 16);
  #bufferAt = 0;
  #buffered = 0;

  constructor(path: string, split: string) {
    this.#path = path;
    this.#split = split;
    this.#file = openSync(path, "r");
  }

  /** The next row that is not known to belong to another file. */
  next(): Row | undefined {
    for (let line = this.#nextLine(); line !== undefined; line = this.#nextLine()) {
      const row = this.#parse(line);
      if (row.split === undefined || row.split === this.#split) {
        return row;
      }
    }
    return undefined;
  }

  /** Where the first row of each key begins. */
  index(): KeyTable {
    const table = createKeyTable();
    this.position = 0;
    for (let at = 0, row = this.next(); row !== undefined; at = this.position, row = this.next()) {
      if (typeof row.key === "string" && /^[0-9a-f]{32}$/u.test(row.key)) {
        table.add(keyWords(row.key), 0, at);
      }
    }
    return table;
  }

  #parse(line: string): Row {
    try {
      const row = JSON.parse(line) as Row | null;
      return typeof row === "object" && row !== null ? row : {};
    } catch (cause) {
      throw new DataError("LINE_INVALID_JSON", {
        message: "A row of the provenance file is no JSON",
        location: { source: this.#path },
        hint: "Write it again with --provenance, or move it away.",
        cause,
      });
    }
  }

  #nextLine(): string | undefined {
    for (;;) {
      const start = this.position - this.#bufferAt;
      const isInside = start >= 0 && start <= this.#buffered;
      const end = isInside ? this.#buffer.subarray(0, this.#buffered).indexOf(0x0a, start) : -1;
      if (end !== -1) {
        this.position += end + 1 - start;
        return this.#buffer.toString("utf8", start, end);
      }
      if (!this.#fill(isInside && start === 0 && this.#buffered === this.#buffer.length)) {
        return undefined;
      }
    }
  }

  /** Reads from the position on, into a larger buffer where a row did not fit into it. False at the end. */
  #fill(larger: boolean): boolean {
    if (larger) {
      this.#buffer = Buffer.alloc(this.#buffer.length * 2);
    }
    const before = this.#bufferAt === this.position ? this.#buffered : 0;
    this.#bufferAt = this.position;
    this.#buffered = readSync(this.#file, this.#buffer, 0, this.#buffer.length, this.position);
    return this.#buffered > before;
  }

  close(): void {
    closeSync(this.#file);
  }
}

/** The words of a key as `keyText` writes it. */
function keyWords(text: string): Uint32Array {
  const word = (at: number): number => Number.parseInt(text.slice(at * 8, at * 8 + 8), 16);
  return Uint32Array.of(word(1), word(0), word(3), word(2));
}

/** The fields, and with them all else that is said of the origin. */
function provenanceOf(row: Row | undefined): Provenance | undefined {
  if (row === undefined) {
    return undefined;
  }
  const { key: _key, split: _split, fields, ...origin } = row;
  return { ...fields, [ORIGIN_FIELD]: JSON.stringify(origin) };
}

function textOf(fields: Provenance | undefined, name: string): string {
  return fields !== undefined && Object.hasOwn(fields, name) ? String(fields[name] ?? "") : "";
}
