import { DataError } from "@dpo-kit/schema";
import type { OutputLayout } from "../../output-layout.ts";
import type { PairsRequest } from "../../pairs-request.ts";
import type { RunOutputs } from "../run-outputs.ts";
import { createExportOutputs, type ExportOutputs, type ExportPlaces, exportPaths } from "./export-outputs.ts";

/** Every path that the exports of a conversion may write to. @throws EXPORT_TARGET_UNKNOWN RUN_OPTION_INVALID */
export function conversionExportPaths(layout: OutputLayout, request: PairsRequest): string[] {
  const places = placesOf(layout, request);
  return places === undefined ? [] : exportPaths(places);
}

/** Opens the exports of a conversion; undefined where there are none. */
export async function createConversionExports(
  layout: OutputLayout,
  request: PairsRequest,
  files: RunOutputs,
): Promise<ExportOutputs | undefined> {
  const places = placesOf(layout, request);
  return places && createExportOutputs(places, { files, folder: noTables });
}

function placesOf({ kind, lines }: OutputLayout, request: PairsRequest): ExportPlaces | undefined {
  const { export: targets, output } = request;
  if (targets === undefined) {
    return undefined;
  }
  if (kind !== "folder") {
    throw new DataError("RUN_OPTION_INVALID", {
      message: `--export writes a folder for each target, which does not fit into ${kind === "stdout" ? "standard output" : output}`,
      hint: "Name a folder: -o out/",
    });
  }
  const folder = lines[0]!.path.replace(/\/[^/]*$/u, "");
  return { targets, folder, splits: lines.map(({ split }) => split) };
}

/** A conversion writes JSON Lines only, so that nothing has to wait. */
function noTables(): Promise<string> {
  throw new TypeError("A conversion exports no tables");
}
