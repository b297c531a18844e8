import { createKeyHasher, type KeyHasher, type PairBatch } from "@dpo-kit/batch";
import type { RunEnvironment } from "../../conversion-request.ts";
import { groupColumn, withGroupColumn } from "../../group-columns.ts";
import type { IssueTally } from "../../tally.ts";
import { prepareLines } from "../prepare-lines.ts";
import { ORIGIN_FIELD } from "../provenance-line.ts";
import type { PairFile } from "./pair-files.ts";

/** How files of pairs are read. */
export interface ReadPairFilesOptions {
  readonly request: { readonly limit?: number; readonly maxLineBytes?: number };
  readonly environment: RunEnvironment;
  /** Counts the lines that could not be read. */
  readonly tally: IssueTally;
  /** Whether what provenance files say comes along, as group columns: `source` and {@link modelColumns}. */
  readonly withOrigin: boolean;
}

/** A batch of one of the files, and what was left out of it. */
export interface FileBatch {
  /** The number of the file. */
  readonly file: number;
  readonly batch: PairBatch;
  /** Lines that hold no pair, or a broken one. */
  readonly rejected: number;
}

/** The fields of the provenance in which converters of chat logs name the models of the two answers. */
export const modelColumns = { preferred: "preferredModel", nonPreferred: "nonPreferredModel" } as const;

/**
 * The pairs of files of canonical lines, file by file. Broken lines are counted and left out.
 * @throws IO_INVALID_ENCODING FILE_JSON_ARRAY and what reading throws
 */
export async function* readPairFiles(
  files: readonly PairFile[],
  options: ReadPairFilesOptions,
): AsyncGenerator<FileBatch> {
  const { environment, tally, withOrigin, request } = options;
  const hasher = withOrigin ? await createKeyHasher() : undefined;
  const progress = createProgress(files, environment);
  for (const [file, { input, split }] of files.entries()) {
    if (split !== undefined && input.size === 0) {
      // A run with few pairs leaves a split empty, which is no mistake as an empty file is elsewhere.
      continue;
    }
    const lines = { ...request, inputs: [input.name], output: "-", provenance: withOrigin };
    const source = await prepareLines(input, { request: lines, environment });
    const watch = { chunk: progress.chunk, end: () => {} };
    const encoder = { reportTargets: [], keepProvenance: withOrigin, sourceId: file };
    for await (const batch of source.encode({ encoder, watch })) {
      environment.signal?.throwIfAborted();
      batch.rejects.flatMap(({ issues }) => issues).forEach(tally.add);
      progress.batch(batch);
      const rejected = batch.rejects.length;
      yield { file, batch: hasher === undefined ? batch : withOriginColumns(batch, hasher), rejected };
    }
  }
}

/** The batch with columns for what its provenance says, where it has any. */
function withOriginColumns(batch: PairBatch, hasher: KeyHasher): PairBatch {
  const { count, provenance } = batch;
  if (provenance?.some((known) => known !== undefined) !== true) {
    return batch;
  }
  const { preferred, nonPreferred } = modelColumns;
  const columns = {
    source: (pair: number) => sourceOf(provenance[pair]?.[ORIGIN_FIELD]),
    [preferred]: (pair: number) => textOf(provenance[pair]?.[preferred]),
    [nonPreferred]: (pair: number) => textOf(provenance[pair]?.[nonPreferred]),
  };
  const named = Object.entries(columns).map(([name, at]) => groupColumn(name, hasher, { count, at }));
  return named.filter(({ values }) => values.some((value) => value !== "")).reduce(withGroupColumn, batch);
}

function sourceOf(origin: unknown): string {
  const { source } = typeof origin === "string" ? (JSON.parse(origin) as { source?: unknown }) : {};
  return textOf(source);
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}

function createProgress(files: readonly PairFile[], { onProgress }: RunEnvironment) {
  const sizes = files.map(({ input }) => input.size ?? Number.NaN);
  const bytesTotal = sizes.reduce((total, size) => total + size, 0);
  let [bytesRead, pairs, rejected] = [0, 0, 0];
  return {
    chunk(bytes: Uint8Array): void {
      bytesRead += bytes.length;
    },
    batch({ count, rejects }: PairBatch): void {
      pairs += count;
      rejected += rejects.length;
      const known = Number.isNaN(bytesTotal) ? {} : { bytesTotal };
      onProgress?.({ bytesRead, ...known, records: pairs + rejected, pairs, rejected });
    },
  };
}
