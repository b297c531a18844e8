import type { DropReason } from "@dpo-kit/batch";
import type { PairPolicy, Verdict } from "@dpo-kit/preference";
import type { JudgedBy } from "../model/judgement.ts";
import type { Turn } from "../model/turns.ts";
import type { Signal } from "./signals.ts";

/** An answer that is compared: a turn of the tree, or another version of its text. */
export interface Answer {
  readonly turn: Turn;
  /** The text that stands in place of the turn's: the other version of an edit. */
  readonly text?: string;
  readonly score?: number;
  readonly rank?: number;
}

/** What tells answers apart, across all comparisons of a conversation. */
export function answerKey({ turn, text }: Answer): string {
  return text === undefined ? turn.end : `${turn.end}\n${text}`;
}

/** Answers to one message, and what one signal says of their order. */
export interface AnswerComparison {
  readonly signal: Signal;
  readonly answers: readonly Answer[];
  readonly verdict: Verdict;
  /** See `after` of a judgement. */
  readonly after?: string | undefined;
  readonly policy?: PairPolicy;
  /** Whether a pair stands by a strict majority of those who judged. Default: it does. */
  readonly holds?: (better: Answer, worse: Answer) => boolean;
  readonly placement?: string | undefined;
}

/** A judgement that cannot be a comparison. */
export interface DroppedJudgement {
  readonly signal: Signal;
  readonly reason: DropReason;
  /** The keys of two answers that people could not agree on, so that no lower signal decides between them. */
  readonly undecided?: readonly [string, string];
}

/** What became of a judgement. */
export type Compared = AnswerComparison | DroppedJudgement;

/** The signal of a judgement: what models judged is one by itself. */
export function signalOf(by: JudgedBy | undefined, signal: Signal): Signal {
  return by === "model" ? "judge" : signal;
}
