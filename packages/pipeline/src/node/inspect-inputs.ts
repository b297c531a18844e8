import type { ReadingRequest, RunEnvironment } from "../conversion-request.ts";
import type { InspectionResult } from "../conversion-result.ts";
import { plannedExports } from "../export/planned-exports.ts";
import { nextAfterInspection } from "../next-commands.ts";
import { formatFlags } from "../options/format-flags.ts";
import { optionsOf } from "../options/option-declarations.ts";
import { planReducers } from "../plan-reducers.ts";
import { findRecordSources } from "./find-record-sources.ts";
import { type PreparedSource, prepareSource } from "./prepare-source.ts";
import { planOf } from "./run-pairs.ts";

/**
 * What the inputs are, how they would be mapped, what would be lost, and three pairs of each: reads the
 * beginning of each input and writes nothing.
 *
 * @throws what the plan of a conversion throws
 */
export async function inspectInputs(
  request: ReadingRequest,
  environment: RunEnvironment = {},
): Promise<InspectionResult> {
  const reducers = planReducers(request);
  const sources: PreparedSource[] = [];
  try {
    for (const input of await findRecordSources(request, environment)) {
      sources.push(await prepareSource(input, { request, environment }));
    }
  } finally {
    await Promise.all(sources.map((source) => source.close()));
  }
  const exports = request.export === undefined ? {} : { exports: plannedExports(request.export) };
  const plan = { ...planOf(sources, reducers), ...exports };
  return {
    command: "inspect",
    ok: true,
    exitCode: 0,
    plan,
    next: nextAfterInspection(plan.sources, formatFlags(request, optionsOf("inspect"))),
  };
}
