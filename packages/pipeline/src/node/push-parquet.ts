import { mkdtemp, open, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type InputSource, jsonTextAt, type ParquetColumn, writeParquet } from "@dpo-kit/io";
import { carryJson, DataError, type JsonObject } from "@dpo-kit/schema";
import { canonicalLines } from "./push-check.ts";

/** Runs `use` with a folder that nobody else can read, for what is in it may be personal, and removes it. */
export async function withScratchFolder<T>(use: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), "dpo-kit-push-")).catch(writeFailed(tmpdir()));
  try {
    return await use(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Where the lines of a file go as Parquet. */
export interface ParquetCopy {
  readonly columns: readonly ParquetColumn[];
  readonly path: string;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Writes the lines of a checked file as Parquet.
 * @throws HUB_NOT_TABULAR for what has no column; IO_WRITE_FAILED
 */
export async function writeParquetCopy(input: InputSource, copy: ParquetCopy): Promise<void> {
  const file = await open(copy.path, "wx", 0o600).catch(writeFailed(copy.path));
  try {
    for await (const bytes of writeParquet(rowsOf(input, copy), { columns: copy.columns })) {
      await file.writeFile(bytes).catch(writeFailed(copy.path));
    }
  } catch (error) {
    throw error instanceof TypeError ? notTabular(input.name, error.message) : error;
  } finally {
    await file.close();
  }
}

/** The error of lines that no table holds. */
export function notTabular(source: string, what: string): DataError {
  return new DataError("HUB_NOT_TABULAR", {
    message: `${source} cannot be written as Parquet: ${what}`,
    location: { source },
  });
}

async function* rowsOf(input: InputSource, { signal }: ParquetCopy): AsyncGenerator<JsonObject> {
  for await (const { text, value } of canonicalLines(input, { signal })) {
    yield withCarriedTools(value as JsonObject, text!);
  }
}

/** Tools keep their number tokens and the order of their keys. */
function withCarriedTools(example: JsonObject, line: string): JsonObject {
  const text = jsonTextAt(line, ["input", "tools"]);
  const input = example.input as JsonObject;
  return text === undefined ? example : { ...example, input: { ...input, tools: carryJson(text) } };
}

function writeFailed(path: string): (cause: unknown) => never {
  return (cause) => {
    throw new DataError("IO_WRITE_FAILED", {
      message: `${path} cannot be written`,
      location: { source: path },
      cause,
    });
  };
}
