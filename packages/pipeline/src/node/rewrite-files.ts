import type { RewritingRequest, RunEnvironment } from "../conversion-request.ts";
import type { ConversionResult } from "../conversion-result.ts";
import { splitOf } from "../plan-reducers.ts";
import { prepareLines } from "./prepare-lines.ts";
import { runPairs } from "./run-pairs.ts";

/**
 * Takes repeated, similar and contradictory pairs out of canonical files. Lines that are equal go unless `dedupe` says
 * otherwise. Lines that stay are carried byte for byte, in their order.
 *
 * @throws what `runConversion` throws, and IO_INVALID_ENCODING
 */
export async function dedupeFiles(
  request: RewritingRequest,
  environment: RunEnvironment = {},
): Promise<ConversionResult> {
  return rewrite("dedupe", { ...request, dedupe: request.dedupe ?? "exact" }, environment);
}

/**
 * Splits canonical files so that no prompt is in two of the parts; without any other wish, nine tenths to train.
 * Lines are carried byte for byte.
 *
 * @throws what `runConversion` throws, and IO_INVALID_ENCODING
 */
export async function splitFiles(
  request: RewritingRequest,
  environment: RunEnvironment = {},
): Promise<ConversionResult> {
  const { testSize: _, ...rest } = request;
  return rewrite("split", { ...rest, split: splitOf(request) ?? defaultSplit }, environment);
}

const defaultSplit: NonNullable<RewritingRequest["split"]> = [
  { name: "train", amount: { kind: "share", value: 0.9 } },
  { name: "validation", amount: { kind: "share", value: 0.1 } },
];

function rewrite(
  command: "dedupe" | "split",
  request: RewritingRequest,
  environment: RunEnvironment,
): Promise<ConversionResult> {
  return runPairs({
    command,
    request,
    environment,
    prepare: (input) => prepareLines(input, { request, environment }),
  });
}
