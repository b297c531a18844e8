import type { Ledgers } from "@dpo-kit/batch";
import type { JsonObject } from "@dpo-kit/schema";
import type { OutputRecord } from "../../conversion-result.ts";
import type { ExportReport } from "../../export/export-result.ts";
import { plainCounts, plainLedgers } from "../../plain-ledgers.ts";
import { fileName, type InputRecord } from "../manifest.ts";

/** What the manifest of an export is made of. */
export interface ExportManifestParts {
  /** The options, as flags. */
  readonly flags: readonly string[];
  readonly inputs: readonly InputRecord[];
  readonly outputs: readonly OutputRecord[];
  readonly ledgers: Ledgers;
  readonly exports: readonly ExportReport[];
}

/** The manifest of a run of `dpo export`; like every manifest without times, host names or absolute paths. */
export function formatExportManifest({
  flags,
  inputs,
  outputs,
  ledgers,
  exports,
}: ExportManifestParts): string {
  const manifest: JsonObject = {
    schema: "dpo-kit/manifest@1",
    complete: true,
    options: { flags: [...flags] },
    inputs: inputs.map(({ name, bytes, digest }) => ({
      name: fileName(name),
      ...(bytes === undefined ? {} : { bytes }),
      ...(digest === undefined ? {} : { digest }),
    })),
    outputs: outputs.map(exportedFileEntry),
    ledgers: plainLedgers(ledgers),
    exports: exportEntries(exports),
  };
  return `${JSON.stringify(manifest, null, 2)}\n`;
}

/** A file of an export in a manifest: with the folder of its target. */
export function exportedFileEntry({ kind, path, lines, bytes, digest }: OutputRecord): JsonObject {
  return {
    kind,
    name: `${kind}/${fileName(path)}`,
    lines,
    bytes,
    ...(digest === undefined ? {} : { digest }),
  };
}

/** Whether a file of a run is one of its exports. */
export function isExportOf(exports: readonly ExportReport[] | undefined, { kind }: OutputRecord): boolean {
  return exports?.some(({ target }) => target === kind) === true;
}

/** What became of the examples, target by target. */
export function exportEntries(exports: readonly ExportReport[]): JsonObject {
  return Object.fromEntries(
    exports.map(({ target, examples, written, rows, leftOut, losses }) => [
      target,
      { examples, written, rows, leftOut: plainCounts(leftOut), losses: plainCounts(losses) },
    ]),
  );
}
