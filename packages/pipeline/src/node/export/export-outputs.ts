import { type ExportTarget, exportTarget } from "@dpo-kit/export";
import { DataError } from "@dpo-kit/schema";
import type { OutputRecord } from "../../conversion-result.ts";
import { exportImbalances, exportReport, isEmptyExport } from "../../export/export-report.ts";
import type { ExportChoices } from "../../export/export-request.ts";
import type { ExportReport } from "../../export/export-result.ts";
import { readExample } from "../../export/read-example.ts";
import { TargetExporter, type WrittenRow } from "../../export/target-exporter.ts";
import { fileName } from "../manifest.ts";
import type { LineOutput, RunOutputs } from "../run-outputs.ts";
import { createLinesFile, createTableFile, type ExportFile } from "./export-file.ts";

/** What decides where exports go. */
export interface ExportPlaces extends ExportChoices {
  /** The folder that gets a folder for each target; without a slash at its end. */
  readonly folder: string;
  /** The files of each target: `train`, `validation`, `test`. */
  readonly splits: readonly string[];
}

/** Takes canonical lines, and writes them as each target has them. */
export interface ExportOutputs {
  /** Takes whole lines of one of the splits, by its number. */
  take(bytes: Uint8Array, split: number): Promise<void>;
  /**
   * Writes what waits, and the files beside the rows. The files of a target that holds no example are given up;
   * where there was none at all, only if `keepsEmpty` is false. Default: true.
   */
  finish(options?: { keepsEmpty?: boolean }): Promise<OutputRecord[]>;
  /** What was done until now, target by target. */
  reports(): ExportReport[];
}

/** The targets of names, each once. @throws EXPORT_TARGET_UNKNOWN */
export function targetsOf({ targets }: Pick<ExportChoices, "targets">): ExportTarget[] {
  return [...new Set(targets.map(exportTarget))];
}

/**
 * Every path that an export may write to.
 * @throws EXPORT_TARGET_UNKNOWN
 */
export function exportPaths(places: ExportPlaces): string[] {
  return targetsOf(places).flatMap((target) => {
    const beside = target.sideFiles?.([]) ?? [];
    const rows = places.splits.map((split) => rowPath(places, target, split));
    return [...rows, ...beside.map(({ name }) => `${places.folder}/${target.id}/${name}`)];
  });
}

function rowPath(places: ExportPlaces, target: ExportTarget, split: string): string {
  return `${places.folder}/${target.id}/${split}.${isTable(places, target) ? "parquet" : "jsonl"}`;
}

function isTable({ parquet = false }: ExportPlaces, { columns }: ExportTarget): boolean {
  return parquet && columns !== undefined;
}

/** Exports that are only counted: for a plan. */
export async function createExportCounts(places: ExportPlaces): Promise<ExportOutputs> {
  const exporters = await createExporters(places);
  return new Exports(exporters.map((exporter) => ({ exporter, files: [] })));
}

/**
 * Opens the files of exports.
 * @param options `folder`: of this run alone, for what waits; asked for only where tables are written.
 * @throws EXPORT_TARGET_UNKNOWN IO_OUTPUT_EXISTS IO_WRITE_FAILED
 */
export async function createExportOutputs(
  places: ExportPlaces,
  { files, folder }: { files: RunOutputs; folder: () => Promise<string> },
): Promise<ExportOutputs> {
  const targets: TargetFiles[] = [];
  for (const exporter of await createExporters(places)) {
    const { target } = exporter;
    const opened: OpenFile[] = [];
    for (const split of places.splits) {
      const path = rowPath(places, target, split);
      const output = await files.open(target.id, path);
      const file = isTable(places, target)
        ? await createTableFile(output, target, `${await folder()}/${target.id}.${split}.jsonl`)
        : await createLinesFile(output, target.startsWithByteOrderMark?.(places) === true);
      opened.push({ split, path, output, file });
    }
    targets.push({ exporter, files: opened });
  }
  return new Exports(targets, { outputs: files, folder: places.folder });
}

async function createExporters(places: ExportPlaces): Promise<TargetExporter[]> {
  return Promise.all(
    targetsOf(places).map((target) =>
      TargetExporter.create(target, { ...places, asTable: isTable(places, target) }),
    ),
  );
}

interface OpenFile {
  readonly split: string;
  readonly path: string;
  readonly output: LineOutput;
  readonly file: ExportFile;
}

interface TargetFiles {
  readonly exporter: TargetExporter;
  readonly files: readonly OpenFile[];
}

class Exports implements ExportOutputs {
  readonly #targets: readonly TargetFiles[];
  readonly #place: { readonly outputs: RunOutputs; readonly folder: string } | undefined;

  constructor(targets: readonly TargetFiles[], place?: { outputs: RunOutputs; folder: string }) {
    this.#targets = targets;
    this.#place = place;
  }

  async take(bytes: Uint8Array, split: number): Promise<void> {
    const examples = utf8.decode(bytes).trimEnd().split("\n").filter(isFilled).map(readExample);
    for (const { exporter, files } of this.#targets) {
      const rows: WrittenRow[] = examples.flatMap((example) => exporter.export(example, split));
      if (rows.length > 0) {
        await files[split]?.file.write(rows);
      }
    }
  }

  async finish({ keepsEmpty = true }: { keepsEmpty?: boolean } = {}): Promise<OutputRecord[]> {
    const reports = this.reports();
    const imbalances = exportImbalances(reports);
    if (imbalances.length > 0) {
      throw new DataError("RUN_UNBALANCED", { message: imbalances.join("; ") });
    }
    const beside: OutputRecord[] = [];
    for (const [index, target] of this.#targets.entries()) {
      if (!keepsEmpty || isEmptyExport(reports[index]!)) {
        await this.#giveUp(target);
      } else {
        beside.push(...(await this.#end(target)));
      }
    }
    return beside;
  }

  async #giveUp({ files }: TargetFiles): Promise<void> {
    for (const { file, output } of files) {
      await file.end();
      await this.#place!.outputs.discard(output);
    }
  }

  async #end({ exporter: { target }, files }: TargetFiles): Promise<OutputRecord[]> {
    for (const { file } of files) {
      await file.end();
    }
    const written = files.map(({ file, split, path }) => file.describe(split, fileName(path)));
    const records: OutputRecord[] = [];
    for (const { name, text } of this.#place === undefined ? [] : (target.sideFiles?.(written) ?? [])) {
      const path = `${this.#place!.folder}/${target.id}/${name}`;
      records.push(await this.#place!.outputs.writeWhole(target.id, path, text));
    }
    return records;
  }

  reports(): ExportReport[] {
    return this.#targets.map(({ exporter }) => exportReport(exporter));
  }
}

const utf8 = new TextDecoder("utf-8", { ignoreBOM: true });

function isFilled(line: string): boolean {
  return line !== "";
}
