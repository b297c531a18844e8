import type { Outcome } from "@dpo-kit/batch";
import type { DpoExample, JsonValue, TransformName } from "@dpo-kit/schema";
import { collect } from "@dpo-kit/testkit";
import { convertPairwise, type PairwiseConvertOptions, type PairwiseRow } from "../src/index.ts";

/** Values as rows of a source called `test`. */
export function asRows(values: readonly unknown[]): PairwiseRow[] {
  return values.map((value, ordinal) => ({
    value: value as JsonValue,
    at: { source: "test", ordinal, line: ordinal + 1 },
    bytes: 100,
  }));
}

/** The outcomes of rows. */
export async function convertRows(
  values: readonly unknown[],
  options: PairwiseConvertOptions = {},
): Promise<Outcome[]> {
  return collect(convertPairwise(asRows(values), options));
}

/** The examples that come of rows, all of which must make pairs. */
export async function examplesOf(
  values: readonly unknown[],
  options: PairwiseConvertOptions = {},
): Promise<DpoExample[]> {
  const outcomes = await convertRows(values, options);
  return outcomes.flatMap((outcome) => {
    if (outcome.kind !== "pairs") {
      throw new Error(`no pairs: ${JSON.stringify(outcome)}`);
    }
    return outcome.pairs.map(({ example }) => example);
  });
}

/** What became of each row in a word: `pairs`, the reason it was skipped for, or its first code. */
export async function endsOf(
  values: readonly unknown[],
  options: PairwiseConvertOptions = {},
): Promise<string[]> {
  const outcomes = await convertRows(values, options);
  return outcomes.map((outcome) => {
    if (outcome.kind === "pairs") {
      return "pairs";
    }
    return outcome.kind === "skipped" ? outcome.reason : outcome.issues[0]!.code;
  });
}

/** The changes that were made to the first pair of the only row. */
export async function transformsOf(value: unknown): Promise<readonly TransformName[]> {
  const [outcome] = await convertRows([value]);
  return outcome?.kind === "pairs" ? outcome.pairs[0]!.transforms : [];
}

export function user(content: string): { role: string; content: string } {
  return { role: "user", content };
}

export function assistant(content: string): { role: string; content: string } {
  return { role: "assistant", content };
}
