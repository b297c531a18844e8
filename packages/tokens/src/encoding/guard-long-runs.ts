import { DataError } from "@dpo-kit/schema";
import type { CountTokens } from "./text-counter.ts";

/**
 * Tells of texts that an engine's regular expressions give up on: V8's do at some 4 million letters (or signs)
 * in a row with no space between, as they remember each for going back.
 */
export function guardLongRuns(countTokens: CountTokens): CountTokens {
  return (text) => {
    try {
      return countTokens(text);
    } catch (error) {
      throw error instanceof RangeError ? runTooLong(error) : error;
    }
  };
}

/** The error that stands for a `RangeError` of the engine. */
export function runTooLong(cause: unknown): DataError {
  return new DataError("TOKENS_RUN_TOO_LONG", { cause });
}
