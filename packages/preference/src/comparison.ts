import type { Provenance } from "@dpo-kit/batch";
import type { AssistantMessage, FunctionTool, Message, TransformName } from "@dpo-kit/schema";

/** One answer among those that are compared. */
export interface Candidate {
  /** The turn that answers the context. Most often one assistant message; more make no pair for most targets. */
  completion: readonly Message[];
  /** Higher is better. Null, NaN or missing: not scored, and no candidate where scores decide. */
  score?: number | null;
  /** Lower is better, whether it starts at 0 or 1. Null or missing: not ranked. */
  rank?: number | null;
  /** A lone judgement, such as a thumb: true is good. */
  label?: boolean | null;
  /** How many judges chose it. */
  votes?: number;
}

/**
 * What is known of the order of the candidates:
 * - `given`: one is named better than one other.
 * - `best`: one is better than every other.
 * - `tie`: a judge found none better.
 * - `ranks`, `scores`, `votes`: the candidates carry them.
 * - `alternatives`: each of `preferred` is better than each of `nonPreferred`; nothing is said within them.
 */
export type Verdict =
  | { kind: "given"; preferred: number; nonPreferred: number }
  | { kind: "best"; best: number }
  | { kind: "tie" }
  | { kind: "ranks" }
  | { kind: "scores" }
  | { kind: "votes" }
  | { kind: "alternatives"; preferred: readonly number[]; nonPreferred: readonly number[] };

/** What every format of preferences reduces to: a context, the answers to it, and what is known of their order. */
export interface Comparison {
  /** The messages that the candidates answer. */
  context: readonly Message[];
  tools?: readonly FunctionTool[];
  parallelToolCalls?: boolean;
  /** In the order of the input, which breaks ties. */
  candidates: readonly Candidate[];
  verdict: Verdict;
  /** What the converter changed to get here, each use by name. */
  transforms?: readonly TransformName[];
  provenance?: Provenance;
}

export type { AssistantMessage };
