import type { DropReason, Pair } from "@dpo-kit/batch";
import {
  type Candidate,
  type Comparison,
  makePairs,
  messageText,
  type PairPolicy,
  sameAnswer,
  type Verdict,
} from "@dpo-kit/preference";
import type { Issue, Location, Message } from "@dpo-kit/schema";
import type { ConversationFacts } from "../model/conversation.ts";
import { type Answer, type AnswerComparison, answerKey } from "./answer-comparison.ts";
import {
  type AnswerReader,
  isErrorAnswer,
  isOneMessage,
  type ReadAnswer,
  type ReadInput,
  shareBeginning,
} from "./answer-reader.ts";
import { type ChatPairOptions, DEFAULT_MARGIN } from "./chat-pair-options.ts";

/** A pair, and what tells its sides from all other answers of the conversation. */
export interface AnswerPair {
  readonly pair: Pair;
  readonly preferred: string;
  readonly nonPreferred: string;
  /** Whether both sides come from one model; undefined where that is not known. */
  readonly sameModel: boolean | undefined;
}

/** What became of one comparison of answers. */
export interface MadeAnswerPairs {
  readonly pairs: readonly AnswerPair[];
  readonly dropped: readonly DropReason[];
  readonly issues: readonly Issue[];
}

/** What the answers of one conversation are read with. */
export interface PairContext {
  readonly at: Location;
  readonly reader: AnswerReader;
  readonly options: ChatPairOptions;
  readonly facts: ConversationFacts;
}

/**
 * Makes the pairs of one comparison. Answers that cannot stand in a pair (unfinished, with tools or media) are no
 * candidates; where fewer than two are left, the comparison is dropped for the first reason that was found.
 */
export function makeAnswerPairs(compared: AnswerComparison, context: PairContext): MadeAnswerPairs {
  const read = withOneContext(compared.answers.map((answer) => readAnswer(answer, compared, context)));
  const reason = unfitReason(compared.verdict, read);
  if (reason !== undefined) {
    return droppedFor(reason);
  }
  const kept = keptAnswers(compared.verdict, read);
  const input = context.reader.readInput(compared, kept.answers[0]!.hidden);
  if (typeof input === "string") {
    return droppedFor(input);
  }
  const shared = shareBeginning(input, kept.answers);
  if (!shared.answers.every(isOneMessage)) {
    return droppedFor(
      shared.answers.some(({ completion }) => completion.length === 0) ? "empty" : "tool-turn",
    );
  }
  const comparison = comparisonOf(kept.verdict, shared);
  const made = makePairs(comparison, { at: context.at, policy: policyOf(compared, context.options) });
  return new Settled(compared, shared.answers, context).settle(made.pairs, {
    dropped: made.dropped.map((each) => each.reason),
    issues: made.issues.filter(({ code }) => code === "PAIR_TOO_MANY"),
  });
}

function droppedFor(reason: DropReason): MadeAnswerPairs {
  return { pairs: [], dropped: [reason], issues: [] };
}

function readAnswer(
  answer: Answer,
  { after, answers }: AnswerComparison,
  { reader }: PairContext,
): ReadAnswer | DropReason {
  if (after === undefined && answer.turn.base !== answers[0]!.turn.base) {
    return "divergence";
  }
  const read = reader.readAnswer(answer, after);
  if (typeof read === "string") {
    return read;
  }
  if (isErrorAnswer(read)) {
    return "unfinished";
  }
  const isEmpty = read.completion.every(
    (message) => messageText(message).trim() === "" && !("tool_calls" in message),
  );
  return isEmpty ? "empty" : read;
}

/** G1: answers before which the model was told different things were not given to one input. */
function withOneContext(read: readonly (ReadAnswer | DropReason)[]): (ReadAnswer | DropReason)[] {
  const first = JSON.stringify(read.find(isRead)?.hidden);
  return read.map((each) => (isRead(each) && JSON.stringify(each.hidden) !== first ? "divergence" : each));
}

function isRead(read: ReadAnswer | DropReason): read is ReadAnswer {
  return typeof read !== "string";
}

/** Why nothing can be compared: all that a verdict names must be there, and at least two answers. */
function unfitReason(verdict: Verdict, read: readonly (ReadAnswer | DropReason)[]): DropReason | undefined {
  const needed =
    verdict.kind === "given"
      ? [verdict.preferred, verdict.nonPreferred]
      : verdict.kind === "best"
        ? [verdict.best]
        : [];
  const unfit = [...needed.map((index) => read[index]!), ...read].find((each) => !isRead(each)) as
    | DropReason
    | undefined;
  const enough =
    needed.every((index) => isRead(read[index]!)) &&
    (verdict.kind === "alternatives"
      ? hasRead(verdict.preferred, read) && hasRead(verdict.nonPreferred, read)
      : read.filter(isRead).length > 1);
  return enough ? undefined : (unfit ?? "empty");
}

function hasRead(indexes: readonly number[], read: readonly (ReadAnswer | DropReason)[]): boolean {
  return indexes.some((index) => isRead(read[index]!));
}

/** The answers that can be compared, and the verdict with their new places. */
function keptAnswers(
  verdict: Verdict,
  read: readonly (ReadAnswer | DropReason)[],
): { answers: ReadAnswer[]; verdict: Verdict } {
  const places = new Map<number, number>();
  for (const [index, each] of read.entries()) {
    if (isRead(each)) {
      places.set(index, places.size);
    }
  }
  const moved = (indexes: readonly number[]): number[] =>
    indexes.filter((index) => places.has(index)).map((index) => places.get(index)!);
  return { answers: read.filter(isRead), verdict: movedVerdict(verdict, moved) };
}

function movedVerdict(verdict: Verdict, moved: (indexes: readonly number[]) => number[]): Verdict {
  switch (verdict.kind) {
    case "given": {
      const [preferred, nonPreferred] = moved([verdict.preferred, verdict.nonPreferred]);
      return { kind: "given", preferred: preferred!, nonPreferred: nonPreferred! };
    }
    case "best":
      return { kind: "best", best: moved([verdict.best])[0]! };
    case "alternatives":
      return {
        kind: "alternatives",
        preferred: moved(verdict.preferred),
        nonPreferred: moved(verdict.nonPreferred),
      };
    default:
      return verdict;
  }
}

function comparisonOf(
  verdict: Verdict,
  { input, answers }: { input: ReadInput; answers: readonly ReadAnswer[] },
): Comparison {
  const candidates = answers.map(({ answer, completion }): Candidate => {
    const { score, rank } = answer;
    return {
      completion,
      ...(score === undefined ? {} : { score }),
      ...(rank === undefined ? {} : { rank }),
    };
  });
  return {
    context: input.messages,
    ...(input.tools.length === 0 ? {} : { tools: input.tools }),
    candidates,
    verdict,
    transforms: [...input.transforms],
  };
}

/** Scores need a margin, and thumbs compare each with each; what else is asked for holds for all. */
function policyOf({ signal, verdict, policy }: AnswerComparison, options: ChatPairOptions): PairPolicy {
  const { maxPairsPerRecord: _, minMargin, ...asked } = options.policy ?? {};
  const pairs = asked.pairs ?? "auto";
  const chosen = verdict.kind === "alternatives" && pairs === "auto" ? "all" : pairs;
  const hasScores = verdict.kind === "scores";
  const margin = minMargin ?? (signal === "score" || signal === "judge" ? DEFAULT_MARGIN : undefined);
  return {
    ...asked,
    ...policy,
    pairs: chosen,
    ...(hasScores && margin !== undefined ? { minMargin: margin } : {}),
  };
}

/** Looks once more at the pairs that were made: do they differ, and does a majority stand behind them? */
class Settled {
  readonly #compared: AnswerComparison;
  readonly #context: PairContext;
  readonly #byCompletion: ReadonlyMap<unknown, ReadAnswer>;

  constructor(compared: AnswerComparison, answers: readonly ReadAnswer[], context: PairContext) {
    this.#compared = compared;
    this.#context = context;
    this.#byCompletion = new Map(answers.map((answer) => [answer.completion, answer]));
  }

  settle(
    pairs: readonly Pair[],
    { dropped, issues }: { dropped: readonly DropReason[]; issues: readonly Issue[] },
  ): MadeAnswerPairs {
    const made: AnswerPair[] = [];
    const reasons = [...dropped];
    for (const pair of pairs) {
      const better = this.#byCompletion.get(pair.example.preferred_output)!;
      const worse = this.#byCompletion.get(pair.example.non_preferred_output)!;
      const reason = this.#reason(better, worse);
      if (reason === undefined) {
        made.push(this.#answerPair(pair, better, worse));
      } else {
        reasons.push(reason);
      }
    }
    return { pairs: made, dropped: reasons, issues };
  }

  #reason(better: ReadAnswer, worse: ReadAnswer): DropReason | undefined {
    if (this.#compared.holds?.(better.answer, worse.answer) === false) {
      return "tie";
    }
    return saysTheSame(better.completion[0]!, worse.completion[0]!) ? "identical" : undefined;
  }

  #answerPair(pair: Pair, better: ReadAnswer, worse: ReadAnswer): AnswerPair {
    const { signal } = this.#compared;
    const knowsModels = better.model !== undefined && worse.model !== undefined;
    return {
      pair: {
        ...pair,
        rule: signal,
        transforms: [...pair.transforms, ...better.transforms, ...worse.transforms],
        provenance: this.#provenance(better, worse),
      },
      preferred: answerKey(better.answer),
      nonPreferred: answerKey(worse.answer),
      sameModel: knowsModels ? better.model === worse.model : undefined,
    };
  }

  #provenance(better: ReadAnswer, worse: ReadAnswer): Pair["provenance"] & object {
    const { id, hiddenInput } = this.#context.facts;
    const { placement } = this.#compared;
    return {
      conversation: id,
      ...(better.model === undefined ? {} : { preferredModel: better.model }),
      ...(worse.model === undefined ? {} : { nonPreferredModel: worse.model }),
      ...(placement === undefined ? {} : { placement }),
      ...(hiddenInput === true ? { inputComplete: false } : {}),
    };
  }
}

/** G4: answers that differ in nothing but white space and composed characters are the same. */
function saysTheSame(one: Message, other: Message): boolean {
  return (
    folded(one) === folded(other) &&
    sameAnswer({ ...one, content: "" } as Message, { ...other, content: "" } as Message)
  );
}

function folded(message: Message): string {
  return messageText(message).normalize("NFC").replace(/\s+/gu, " ").trim();
}
