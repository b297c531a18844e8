import type { OutputLayout } from "../output-layout.ts";
import type { PairsRequest } from "../pairs-request.ts";
import { conversionExportPaths } from "./export/conversion-exports.ts";
import { shardsThere } from "./shards-there.ts";

/** Every path that a conversion may write to. */
export function outputPaths(layout: OutputLayout, request: PairsRequest): string[] {
  const { lines, rejects, removed, manifest, provenance } = layout;
  const { issues, sarif, unpaired, listConflicts } = request;
  const sides = [rejects, removed, manifest, provenance, issues, sarif, unpaired, listConflicts];
  return [
    ...lines.map(({ path }) => path),
    ...sides.filter((path) => path !== undefined),
    ...conversionExportPaths(layout, request),
  ];
}

/** The same, and what an earlier run wrote in shards: with `force` all of it goes. */
export async function claimedPaths(layout: OutputLayout, request: PairsRequest): Promise<string[]> {
  return [...outputPaths(layout, request), ...(await shardsThere(layout))];
}
