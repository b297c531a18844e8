import type { MinimumMargin, PairPolicy, UnpairedExample } from "@dpo-kit/preference";
import type { PairTree } from "./pair-tree.ts";
import type { Signal } from "./signals.ts";

/** How judgements of a conversation become pairs. */
export interface ChatPairOptions {
  /** Default {@link defaultSignals}. */
  readonly signals?: readonly Signal[] | undefined;
  /**
   * Which pairs are made (`pairs`), how far scores must be apart (`minMargin`; default 20 % of their scale), and how
   * many pairs a conversation may give. Default: each vote; the best against the worst of ranks and scores.
   */
  readonly policy?: Omit<PairPolicy, "scale"> | undefined;
  /**
   * What becomes of turns in which tools were used: `drop` (default), or `native`: kept where the calls have ids and
   * the tools are defined, and where each side is one message once what both have in common is input.
   */
  readonly toolTurns?: "drop" | "native" | undefined;
  /** What becomes of pairs with images, sound or files: left out (default), or a marker such as `[image]` for each. */
  readonly media?: "skip" | "marker" | undefined;
  /** Whether reasoning stays in the answers, between `<think>` tags. Default: false, it is removed. */
  readonly keepReasoning?: boolean | undefined;
  /** Told of the branch that each pair is of, in the order of the pairs; undefined where it is not in the tree. */
  readonly onPairTree?: ((tree: PairTree | undefined) => void) | undefined;
  /** Takes the answers that have a thumb and made no pair, in order. */
  readonly onUnpaired?: ((example: UnpairedExample) => void) | undefined;
}

/** Scores closer than this part of their scale say little. */
export const DEFAULT_MARGIN: MinimumMargin = { kind: "percent", value: 20 };
