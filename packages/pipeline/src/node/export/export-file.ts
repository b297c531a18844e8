import { createReadStream } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import { createInterface } from "node:readline";
import type { ExportedFile, ExportTarget } from "@dpo-kit/export";
import { writeParquet } from "@dpo-kit/io";
import type { JsonObject, JsonValue } from "@dpo-kit/schema";
import type { WrittenRow } from "../../export/target-exporter.ts";
import type { LineOutput } from "../run-outputs.ts";

/** A file of rows of one target that is being written. */
export interface ExportFile {
  write(rows: readonly WrittenRow[]): Promise<void>;
  /** Writes what was kept until now; after the last row. */
  end(): Promise<void>;
  /** What a file beside it must know. */
  describe(split: string, name: string): ExportedFile;
}

/** Writes rows as JSON Lines. */
export async function createLinesFile(output: LineOutput, byteOrderMark: boolean): Promise<ExportFile> {
  const keys = new Set<string>();
  if (byteOrderMark) {
    await output.write(new Uint8Array([0xef, 0xbb, 0xbf]), 0);
  }
  return {
    async write(rows) {
      for (const { row } of rows) {
        noteKeys(row, keys);
      }
      await output.write(utf8.encode(rows.map(({ text }) => `${text}\n`).join("")), rows.length);
    },
    end: async () => {},
    describe: (split, name) => ({ split, name, keys }),
  };
}

/**
 * Writes rows as Parquet. Which columns there are is known behind the last row only, so rows wait in a file of
 * their own until then.
 */
export async function createTableFile(
  output: LineOutput,
  target: ExportTarget,
  waitingPath: string,
): Promise<ExportFile> {
  const keys = new Set<string>();
  const ofMessages = new Set<string>(["role", "content"]);
  const waiting: FileHandle = await open(waitingPath, "wx", 0o600);
  let rowCount = 0;
  return {
    async write(rows) {
      for (const { row } of rows) {
        noteKeys(row, keys);
        Object.values(row).forEach((value) => void noteMessageKeys(value, ofMessages));
      }
      rowCount += rows.length;
      await waiting.writeFile(rows.map(({ text }) => `${text}\n`).join(""));
    },
    async end() {
      await waiting.close();
      const columns = target.columns!({ keys, ofMessages });
      for await (const bytes of writeParquet(waitingRows(waitingPath), { columns })) {
        await output.write(bytes, 0);
      }
      await output.write(new Uint8Array(), rowCount);
    },
    describe: (split, name) => ({ split, name, keys }),
  };
}

const utf8 = new TextEncoder();

async function* waitingRows(path: string): AsyncGenerator<JsonObject> {
  for await (const line of createInterface({ input: createReadStream(path), crlfDelay: Infinity })) {
    yield JSON.parse(line) as JsonObject;
  }
}

function noteKeys(row: JsonObject, keys: Set<string>): void {
  for (const key of Object.keys(row)) {
    keys.add(key);
  }
}

function noteMessageKeys(value: JsonValue, keys: Set<string>): void {
  for (const message of Array.isArray(value) ? value : []) {
    noteKeys(message as JsonObject, keys);
  }
}
