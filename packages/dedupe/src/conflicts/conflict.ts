import { jsonText, type Location } from "@dpo-kit/schema";

/**
 * What contradicts itself, in the graph whose nodes are the answers to one prompt and whose edges are the pairs,
 * from the preferred to the other answer. Prompts and answers are the same when their keys are.
 * - `same-answer`: an answer is preferred to itself: the two differ in case or white space alone.
 * - `contradiction`: A is preferred to B, and B to A.
 * - `cycle`: A is preferred to B, B to C, and C to A, or longer.
 *
 * That an answer wins one pair and loses another (A over B, B over C) is a ranking and no conflict.
 */
export type ConflictKind = "same-answer" | "contradiction" | "cycle";

/** A conflict among the pairs of one prompt. */
export interface Conflict {
  readonly kind: ConflictKind;
  /** 32 hexadecimal digits (`docs/keys.md`). */
  readonly promptKey: string;
  /** How many pairs take part. */
  readonly pairCount: number;
  /** The first hundred of them, in the order of the input. */
  readonly pairs: readonly ConflictingPair[];
}

/** A pair that takes part in a conflict. */
export interface ConflictingPair {
  /** Its number among all pairs that came to the reducer, from 0. */
  readonly number: number;
  /** Where its record is. */
  readonly at: Location;
  /** Its canonical line. */
  readonly line: string;
}

/** A conflict as a line of JSON, without its end; each pair's `line` is the object that the canonical line is. */
export function formatConflict({ kind, promptKey, pairCount, pairs }: Conflict): string {
  const head = jsonText({ kind, promptKey, pairCount });
  const members = pairs.map(
    ({ number, at, line }) => `{"number":${number},"at":${jsonText(at)},"line":${line}}`,
  );
  return `${head.slice(0, -1)},"pairs":[${members.join(",")}]}`;
}
