import type { Reducer } from "@dpo-kit/batch";
import type { MemoryOptions } from "../spill/memory-options.ts";
import type { Conflict, ConflictKind } from "./conflict.ts";

/**
 * What becomes of pairs that are in conflict:
 * - `keep`: nothing; conflicts are counted and listed.
 * - `keep-first`: of opposite pairs those that agree with the first stay. Decided at once, so cycles of three or
 *   more are not looked for. A pair that prefers an answer to itself goes.
 * - `majority`: each pair is a vote; what is outvoted goes, and where there is no majority all of it
 *   (see {@link settleByMajority}).
 * - `drop`: all pairs of all conflicts go.
 * - `error`: nothing goes, and DEDUPE_CONFLICT is thrown if there is any conflict.
 *
 * All but `keep-first` give the same set of pairs whatever the order of the input.
 */
export type ConflictPolicy = "keep" | "keep-first" | "majority" | "drop" | "error";

/** How conflicts are looked for and settled. */
export interface ConflictOptions extends MemoryOptions {
  readonly policy: ConflictPolicy;
  /**
   * Is told of each conflict, in the order of the prompts' keys, which does not depend on the order of the
   * input. Never called by `keep-first`: put a reducer with `keep` before it.
   */
  readonly onConflict?: ((conflict: Conflict) => void | Promise<void>) | undefined;
  /** The names of the sources by their number, for places. Default: the number as text. */
  readonly sources?: readonly string[] | undefined;
}

/** A reducer that settles conflicts, and how many it found. */
export interface ConflictReducer extends Reducer {
  /** Conflicts by kind, once `decide` has settled; for `keep-first` the pairs that go, after the last batch. */
  readonly counts: Readonly<Record<ConflictKind, number>>;
}
