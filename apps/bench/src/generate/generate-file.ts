import { closeSync, openSync, writeSync } from "node:fs";
import { type GenerateOptions, generateCsv } from "./generate-csv.ts";

/** What has been written. */
export interface GeneratedFile {
  bytes: number;
  /** Without the header. */
  rows: number;
  seconds: number;
}

/** Writes a generated CSV file piece by piece; memory does not grow with its size. */
export function generateFile(path: string, options: GenerateOptions): GeneratedFile {
  const start = performance.now();
  const target = openSync(path, "wx");
  const pieces = generateCsv(options);
  let bytes = 0;
  let next = pieces.next();
  for (; next.done !== true; next = pieces.next()) {
    bytes += writeSync(target, next.value);
  }
  closeSync(target);
  return { bytes, rows: next.value, seconds: (performance.now() - start) / 1_000 };
}
