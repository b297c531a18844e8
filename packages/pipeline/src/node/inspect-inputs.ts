import type { ReadingRequest, RunEnvironment } from "../conversion-request.ts";
import type { InspectionResult } from "../conversion-result.ts";
import { nextAfterInspection } from "../next-commands.ts";
import { formatFlags } from "../options/format-flags.ts";
import { optionsOf } from "../options/option-declarations.ts";
import { findSources } from "./find-sources.ts";
import type { PreparedSource } from "./prepare-source.ts";
import { planOf, prepareAll } from "./run-conversion.ts";

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
  const sources: PreparedSource[] = [];
  try {
    await prepareAll(await findSources(request, environment), { request, environment, prepared: sources });
  } finally {
    await Promise.all(sources.map((source) => source.close()));
  }
  const plan = planOf(sources);
  return {
    command: "inspect",
    ok: true,
    exitCode: 0,
    plan,
    next: nextAfterInspection(plan.sources, formatFlags(request, optionsOf("inspect"))),
  };
}
