import { invalidSplit } from "./split-bounds.ts";

/** The seed of whatever names none. */
export const DEFAULT_SEED = 42;

/**
 * A seed that is checked: a whole number from 0 to 2^53 - 1.
 * @throws SPLIT_INVALID
 */
export function checkSeed(seed: number = DEFAULT_SEED): number {
  if (!Number.isSafeInteger(seed) || seed < 0) {
    throw invalidSplit(`The seed is ${seed}; it must be a whole number from 0`);
  }
  return seed;
}
