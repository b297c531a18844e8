import { selectLines, sum } from "@dpo-kit/batch";
import { createWorkingFolder } from "@dpo-kit/io/node";
import type { RunEnvironment } from "../../conversion-request.ts";
import type { OutputRecord } from "../../conversion-result.ts";
import { emptyExportIssues, refuseLosses } from "../../export/export-report.ts";
import type { ExportRequest } from "../../export/export-request.ts";
import type { ExportResult } from "../../export/export-result.ts";
import { createSubset, type Subset } from "../../export/subset.ts";
import { formatFlags } from "../../options/format-flags.ts";
import { optionsOf } from "../../options/option-declarations.ts";
import { shellWord } from "../../options/shell-word.ts";
import { createRunTally, type RunTally } from "../../tally.ts";
import { refuseUnsafePaths } from "../check-paths.ts";
import { createInputWatches, type InputWatches } from "../input-watch.ts";
import { prepareLines } from "../prepare-lines.ts";
import { createRunOutputs, type RunOutputs } from "../run-outputs.ts";
import { findPairFiles, type PairFile } from "../stats/pair-files.ts";
import { formatExportManifest } from "./export-manifest.ts";
import {
  createExportCounts,
  createExportOutputs,
  type ExportOutputs,
  type ExportPlaces,
  exportPaths,
} from "./export-outputs.ts";
import { splitOfFile } from "./split-of-file.ts";

/**
 * Exports canonical files to trainers: `<output>/<target>/train.jsonl`, with a file for each split that the inputs
 * are. Every example is accounted for, target by target. Files appear together when the run is complete, the manifest
 * `export.manifest.json` last, or not at all.
 *
 * @throws EXPORT_TARGET_UNKNOWN EXPORT_NOT_STRICT SPLIT_INVALID IO_OUTPUT_EXISTS RUN_UNBALANCED, the refusals of
 * files, and what the environment's signal was aborted with
 */
export async function exportFiles(
  request: ExportRequest,
  environment: RunEnvironment = {},
): Promise<ExportResult> {
  const files = await findPairFiles(request, environment);
  const splits = [...new Set(files.map(splitOfFile))];
  const folder = request.output.replace(/[/\\]+$/u, "") || "/";
  const places: ExportPlaces = { ...request, targets: request.to, folder, splits };
  const manifest = `${folder}/export.manifest.json`;
  const paths = [...exportPaths(places), manifest];
  const sources = files.map(({ input }) => input);
  await refuseUnsafePaths(paths, sources);
  const isPlan = request.plan === true;
  const outputs = await createRunOutputs({
    force: isPlan || request.force === true,
    digest: request.digest !== false,
    paths,
  });
  const scratch = createScratch(folder);
  const watches = createInputWatches({ digest: !isPlan && request.digest !== false });
  try {
    const exports = isPlan
      ? await createExportCounts(places)
      : await createExportOutputs(places, { files: outputs, folder: scratch.path });
    const subset = await createSubset(request);
    const tally = createRunTally([], splits);
    await readAll({ files, request, environment, splits, exports, subset, tally, watches });
    return await endExport({ request, manifest, outputs, exports, tally, watches });
  } catch (error) {
    watches.close();
    await outputs.abort();
    throw error;
  } finally {
    await scratch.close();
  }
}

/** A folder beside the output, made when it is first asked for. */
function createScratch(parent: string): { path(): Promise<string>; close(): Promise<void> } {
  let working: ReturnType<typeof createWorkingFolder> | undefined;
  return {
    async path() {
      working ??= createWorkingFolder(parent);
      return (await working).path;
    },
    close: async () => (await working)?.close(),
  };
}

interface Reading {
  readonly files: readonly PairFile[];
  readonly request: ExportRequest;
  readonly environment: RunEnvironment;
  readonly splits: readonly string[];
  readonly exports: ExportOutputs;
  readonly subset: Subset;
  readonly tally: RunTally;
  readonly watches: InputWatches;
}

async function readAll(reading: Reading): Promise<void> {
  for (const file of reading.files) {
    await readFile(file, reading);
  }
}

async function readFile(file: PairFile, reading: Reading): Promise<void> {
  const { request, environment, splits, exports, subset, tally, watches } = reading;
  const split = splits.indexOf(splitOfFile(file));
  const source = await prepareLines(file.input, { request, environment });
  const encoder = { reportTargets: [] };
  for await (const batch of source.encode({ encoder, watch: watches.open(file.input) })) {
    environment.signal?.throwIfAborted();
    tally.addBatch(batch);
    const decided = { ...subset(batch), output: new Uint8Array(batch.count).fill(split) };
    tally.addDecided(decided);
    for (const bytes of selectLines(batch, decided, split)) {
      await exports.take(bytes, split);
    }
    reportProgress(reading);
  }
}

function reportProgress({ environment, files, tally: { ledgers, rejects }, watches }: Reading): void {
  const total = files.reduce((sum, { input }) => sum + (input.size ?? Number.NaN), 0);
  environment.onProgress?.({
    bytesRead: watches.bytesRead(),
    ...(Number.isNaN(total) ? {} : { bytesTotal: total }),
    records: ledgers.records.total,
    pairs: ledgers.pairs.total,
    rejected: rejects,
  });
}

interface Ending extends Pick<Reading, "request" | "exports" | "tally" | "watches"> {
  readonly manifest: string;
  readonly outputs: RunOutputs;
}

async function endExport({
  request,
  manifest,
  outputs,
  exports,
  tally,
  watches,
}: Ending): Promise<ExportResult> {
  const reports = exports.reports();
  if (request.strict === true) {
    refuseLosses(reports);
  }
  const beside = await exports.finish();
  const written: OutputRecord[] = [...(await outputs.finish()), ...beside];
  const { ledgers } = tally;
  if (request.plan !== true && written.length > 0) {
    const parts = { flags: flagsOf(request), ledgers, exports: reports, outputs: written };
    const text = formatExportManifest({ ...parts, inputs: await watches.records() });
    written.push(await outputs.writeWhole("manifest", manifest, text));
    await outputs.commit({ last: manifest });
  } else {
    await outputs.abort();
  }
  const empty = emptyExportIssues(reports);
  empty.forEach(tally.issues.add);
  const isBad =
    tally.rejects > 0 || empty.length > 0 || (ledgers.units.read > 0 && sum(ledgers.pairs.written) === 0);
  return {
    command: "export",
    ok: !isBad,
    exitCode: isBad ? 1 : 0,
    isPlan: request.plan === true,
    ledgers,
    exports: reports,
    outputs: written,
    issues: tally.issues.report(),
    next: request.plan === true ? [commandOf(request)] : [],
  };
}

/** Options that change nothing of what is written, or hold paths. */
const silent: ReadonlySet<string> = new Set([
  "output",
  "plan",
  "force",
  "json",
  "quiet",
  "progress",
  "color",
]);

function flagsOf(request: ExportRequest): string[] {
  return formatFlags(
    request,
    optionsOf("export").filter(({ name }) => !silent.has(name)),
  );
}

function commandOf(request: ExportRequest): string {
  const inputs = request.inputs.map(shellWord).join(" ");
  return ["dpo export", inputs, ...flagsOf(request), "-o", shellWord(request.output)].join(" ");
}
