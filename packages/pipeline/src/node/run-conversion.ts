import type { ConversionRequest, RunEnvironment } from "../conversion-request.ts";
import type { ConversionResult } from "../conversion-result.ts";
import { findRecordSources } from "./find-record-sources.ts";
import { prepareSource } from "./prepare-source.ts";
import { runPairs } from "./run-pairs.ts";

/**
 * Converts preference data to canonical lines, with everything that came in accounted for. Outputs appear
 * together when the run is complete, or not at all.
 *
 * @throws the refusals of sources and plans, IO_OUTPUT_EXISTS, RUN_STOPPED, RUN_UNBALANCED, those of reducers, and
 * what the environment's signal was aborted with
 */
export async function runConversion(
  request: ConversionRequest,
  environment: RunEnvironment = {},
): Promise<ConversionResult> {
  return runPairs({
    command: "convert",
    request,
    environment,
    find: () => findRecordSources(request, environment),
    prepare: (input) => prepareSource(input, { request, environment }),
  });
}
