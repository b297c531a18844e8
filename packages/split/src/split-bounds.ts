import { DataError } from "@dpo-kit/schema";
import { type SplitName, type SplitShare, splitNames } from "./split-names.ts";

/** By how much the ratios of a split may miss 1: what is lost when they are written as decimals. */
export const RATIO_TOLERANCE = 1e-9;

/** The parts of a split in the order of their numbers, and where each ends. */
export interface SplitBounds {
  readonly names: readonly SplitName[];
  /** Of each part the sum of its ratio and those before it; of the last one 1. */
  readonly ends: readonly number[];
}

/**
 * Checks the parts of a split and puts them in the order train, validation, test, in which their ratios are
 * added up (`docs/keys.md`, "Splits"): it does not matter in which order somebody writes them.
 *
 * @throws SPLIT_INVALID
 */
export function splitBounds(splits: readonly SplitShare[]): SplitBounds {
  const shares = inOrder(splits);
  const wrong = shares.find(({ ratio }) => !(ratio > 0 && ratio < 1));
  if (wrong !== undefined) {
    throw invalidSplit(
      `The ratio of ${wrong.name} is ${wrong.ratio}; it must be more than 0 and less than 1`,
    );
  }
  let total = 0;
  const ends = shares.map(({ ratio }) => {
    total += ratio;
    return total;
  });
  if (Math.abs(total - 1) > RATIO_TOLERANCE) {
    throw invalidSplit(`The ratios sum to ${total}, not to 1`);
  }
  return { names: shares.map(({ name }) => name), ends: ends.with(-1, 1) };
}

/** The number of the part in which a split value lies. */
export function outputOf({ ends }: Pick<SplitBounds, "ends">, value: number): number {
  let output = 0;
  while (value >= ends[output]!) {
    output += 1;
  }
  return output;
}

/**
 * Parts in the order train, validation, test.
 * @throws SPLIT_INVALID for unknown names, a name that stands twice, and fewer than two parts.
 */
export function inOrder<Part extends { readonly name: SplitName }>(parts: readonly Part[]): Part[] {
  const unknown = parts.find(({ name }) => !splitNames.includes(name));
  if (unknown !== undefined) {
    throw invalidSplit(`"${unknown.name}" is no part of a split; there are ${splitNames.join(", ")}`);
  }
  const ordered = splitNames.flatMap((name) => parts.filter((part) => part.name === name));
  const twice = ordered.find(({ name }, index) => ordered[index + 1]?.name === name);
  if (twice !== undefined) {
    throw invalidSplit(`${twice.name} is given twice`);
  }
  if (ordered.length < 2) {
    throw invalidSplit("A split has two or three parts");
  }
  return ordered;
}

/** The error of a split that is not possible as it was asked for. */
export function invalidSplit(message: string): DataError {
  return new DataError("SPLIT_INVALID", { message });
}
