import type { AnswerColumns } from "../candidates/answer-columns.ts";
import type { Side } from "./side.ts";

/**
 * How a row tells who won. Plain data: a claim that carries it can be stored, and sent to another thread.
 *
 * - `codes`: a value stands for a side. Of several columns the majority counts.
 * - `agreement`: several rules, and a side only where all of them say it.
 * - `one-hot`: of the columns for first, second and tie exactly one is set.
 * - `name`: the value names the winner, or the model that wrote it.
 * - `strength`: below 0 the first, above 0 the second.
 * - `soft`: from 1, the first, to 2, the second.
 * - `numbers`: the higher of two scores or vote counts.
 */
export type VerdictRule = VerdictBasis &
  (
    | { readonly kind: "codes"; readonly codes: readonly VerdictCode[] }
    | { readonly kind: "agreement"; readonly rules: readonly VerdictRule[] }
    | {
        readonly kind: "name";
        readonly models: readonly (string | undefined)[];
        readonly answers: AnswerColumns;
      }
    | { readonly kind: "one-hot" | "strength" | "soft" | "numbers" }
  );

interface VerdictBasis {
  /** The columns that are read. */
  readonly columns: readonly string[];
  /** How the direction is known, for `dpo inspect`. */
  readonly why: string;
}

/** One value, or one half of the number line, and what it means. */
export interface VerdictCode {
  /** A value as text, or `<` or `>` and a number. */
  readonly value: string;
  readonly side: Side;
}

/** The codes of a table of values: `{ "1": "first", "2": "second", "0": "tie" }`. */
export function codesOf(meanings: Readonly<Record<string, Side>>): VerdictCode[] {
  return Object.entries(meanings).map(([value, side]) => ({ value, side }));
}
