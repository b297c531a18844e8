import type { SplitName } from "@dpo-kit/split";

export type { SplitName };

/** Those of `@dpo-kit/split`, which is not loaded to read the command line. */
export const splitNames: readonly SplitName[] = ["train", "validation", "test"];

/** Whether a name is that of a split. */
export function isSplitName(name: string): name is SplitName {
  return (splitNames as readonly string[]).includes(name);
}

/** How much goes into one file of a split. */
export interface SplitShare {
  readonly name: SplitName;
  /** A share of all pairs, or how many of them. */
  readonly amount: { readonly kind: "share" | "count"; readonly value: number };
}

/** Other names that are in use, and the Hub's for them (https://huggingface.co/docs/hub/datasets-file-names-and-splits). */
const otherNames: Readonly<Record<string, SplitName>> = {
  train: "train",
  training: "train",
  validation: "validation",
  valid: "validation",
  val: "validation",
  dev: "validation",
  test: "test",
  testing: "test",
  eval: "test",
  evaluation: "test",
};

/** The forms that {@link parseSplits} takes, for messages. */
export const splitForms =
  "two or three of train, validation and test with their shares, such as train=0.9,validation=0.1 or train=95%,test=5%, or how many pairs of all but one: train=rest,test=500";

const SMALLEST_GAP = 1e-9;

/**
 * Understands `train=0.9,validation=0.1`: shares that come to 1, as numbers or percentages; or numbers of pairs
 * with one `rest`, whose share is then left out. Undefined where it is neither. The order is always that of
 * {@link splitNames}.
 */
export function parseSplits(text: string): SplitShare[] | undefined {
  const parts = text.split(",").map((part) => /^\s*([a-z]+)\s*=\s*([0-9.]+%?|rest)\s*$/u.exec(part));
  const named = parts.map((part) =>
    part !== null && Object.hasOwn(otherNames, part[1]!)
      ? { name: otherNames[part[1]!]!, amount: amountOf(part[2]!) }
      : undefined,
  );
  const shares = splitNames.flatMap((name) => named.filter((each) => each?.name === name)) as SplitShare[];
  const isEachOnce = new Set(shares.map(({ name }) => name)).size === named.length;
  return named.length >= 2 && isEachOnce && addUp(shares) ? shares : undefined;
}

/** How `rest` is kept: as a count that nobody can ask for. */
const REST = Number.POSITIVE_INFINITY;

function amountOf(text: string): SplitShare["amount"] {
  if (text === "rest") {
    return { kind: "count", value: REST };
  }
  const isPercent = text.endsWith("%");
  const value = /^(?:\d{1,15}|\d*\.\d{1,9})%?$/u.test(text) ? Number.parseFloat(text) : Number.NaN;
  return isPercent || !Number.isInteger(value) || value === 0
    ? { kind: "share", value: isPercent ? value / 100 : value }
    : { kind: "count", value };
}

function addUp(shares: readonly SplitShare[]): boolean {
  const amounts = shares.map(({ amount }) => amount);
  if (amounts.every(({ kind }) => kind === "share")) {
    const total = amounts.reduce((sum, { value }) => sum + value, 0);
    return amounts.every(({ value }) => value > 0) && Math.abs(total - 1) < SMALLEST_GAP;
  }
  return (
    amounts.every(({ kind }) => kind === "count") &&
    amounts.filter(({ value }) => value === REST).length === 1
  );
}

/** The same as text, as {@link parseSplits} takes it. */
export function formatSplits(shares: readonly SplitShare[]): string {
  return shares.map(({ name, amount: { value } }) => `${name}=${value === REST ? "rest" : value}`).join(",");
}
