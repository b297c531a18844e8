import { DataError } from "@dpo-kit/schema";
import type { MemoryOptions } from "../spill/memory-options.ts";
import type { NearOn } from "./pair-parts.ts";

/** What counts as near. */
export interface NearOptions extends MemoryOptions {
  /** The least likeness of near duplicates, 0.5 to 1. Default: 0.8. */
  readonly threshold?: number | undefined;
  /** Which parts must be alike, each of them. Default: `both`. */
  readonly on?: NearOn | undefined;
}

/** Default of {@link NearOptions.threshold}. */
export const DEFAULT_NEAR_THRESHOLD = 0.8;

/** Below this nearly every pair is a candidate of every other. */
const LEAST_THRESHOLD = 0.5;

/**
 * Fills in the defaults.
 * @throws RUN_OPTION_INVALID where the threshold is not from 0.5 to 1.
 */
export function resolveNearOptions(options: NearOptions): NearOptions & { threshold: number; on: NearOn } {
  const threshold = options.threshold ?? DEFAULT_NEAR_THRESHOLD;
  if (!(threshold >= LEAST_THRESHOLD && threshold <= 1)) {
    throw new DataError("RUN_OPTION_INVALID", {
      message: `The likeness of near duplicates is from ${LEAST_THRESHOLD} to 1, not ${threshold}`,
      hint: `Give one like ${DEFAULT_NEAR_THRESHOLD}.`,
    });
  }
  return { ...options, threshold, on: options.on ?? "both" };
}
