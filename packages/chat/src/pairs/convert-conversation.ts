import { count, type DroppedComparison, type DropReason, type Outcome } from "@dpo-kit/batch";
import { capPairs, type MadePairs, outcomeOf } from "@dpo-kit/preference";
import type { Issue, Location } from "@dpo-kit/schema";
import type { Conversation } from "../model/conversation.ts";
import type { Judgement, NoPreference } from "../model/judgement.ts";
import { TurnTree } from "../model/turns.ts";
import type { Compared } from "./answer-comparison.ts";
import { AnswerReader, isOneMessage } from "./answer-reader.ts";
import type { ChatCounts } from "./chat-counts.ts";
import type { ChatPairOptions } from "./chat-pair-options.ts";
import { compareBranches } from "./compare-branches.ts";
import { compareEdits } from "./compare-edits.ts";
import { compareRankings } from "./compare-rankings.ts";
import { compareScores, countLoneScores } from "./compare-scores.ts";
import { compareThumbs, type RatedTurn, ratedTurns } from "./compare-thumbs.ts";
import { compareVotes } from "./compare-votes.ts";
import { type AnswerPair, makeAnswerPairs, type PairContext } from "./make-answer-pairs.ts";
import { pairTree } from "./pair-tree.ts";
import { ConflictSettler } from "./settle-conflicts.ts";
import { defaultSignals, type Signal, signalNames } from "./signals.ts";

/** A conversation, what people said of its answers, and where it stands. */
export interface JudgedConversation {
  readonly at: Location;
  readonly conversation: Conversation;
  readonly judgements: readonly Judgement[];
}

/**
 * What comes of one conversation: the one place where judgements become pairs, whatever the format. The signals are
 * gone through from the most to the least trusted; those that are switched off only count what they would have made.
 */
export function convertConversation(
  judged: JudgedConversation,
  options: ChatPairOptions,
  counts: ChatCounts,
): Outcome {
  return new ConversationConverter(judged, options, counts).convert();
}

class ConversationConverter {
  readonly #judged: JudgedConversation;
  readonly #options: ChatPairOptions;
  readonly #counts: ChatCounts;
  readonly #tree: TurnTree;
  readonly #context: PairContext;
  #pairs: AnswerPair[] = [];
  #dropped: DroppedComparison[] = [];
  #issues: Issue[] = [];

  constructor(judged: JudgedConversation, options: ChatPairOptions, counts: ChatCounts) {
    const { at, conversation } = judged;
    this.#judged = judged;
    this.#options = options;
    this.#counts = counts;
    this.#tree = new TurnTree(conversation);
    const reader = new AnswerReader(this.#tree, options);
    this.#context = { at, reader, options, facts: conversation };
  }

  convert(): Outcome {
    this.#countFacts();
    const wanted = new Set(this.#options.signals ?? defaultSignals);
    const bySignal = this.#compare();
    const settler = new ConflictSettler();
    for (const signal of signalNames.filter((name) => wanted.has(name))) {
      this.#make(signal, bySignal.get(signal) ?? [], settler);
    }
    for (const signal of signalNames.filter((name) => !wanted.has(name))) {
      this.#countSwitchedOff(signal, bySignal.get(signal) ?? [], settler.copy());
    }
    this.#tellLoneThumbs();
    const made = this.#capped();
    this.#countMade(made);
    return outcomeOf(made, { at: this.#judged.at });
  }

  #of<K extends Judgement["kind"]>(kind: K): Extract<Judgement, { kind: K }>[] {
    return this.#judged.judgements.filter(
      (judgement): judgement is Extract<Judgement, { kind: K }> => judgement.kind === kind,
    );
  }

  #compare(): ReadonlyMap<Signal, Compared[]> {
    const bySignal = new Map<Signal, Compared[]>();
    const all = [
      compareVotes(this.#of("vote"), this.#tree),
      compareRankings(this.#of("rank"), this.#tree),
      compareThumbs(this.#of("thumb"), this.#tree),
      compareEdits(this.#of("edit"), this.#tree),
      compareScores(this.#of("score"), this.#tree),
      compareBranches(this.#tree),
    ];
    for (const compared of all.flatMap((each) => [...each])) {
      const known = bySignal.get(compared.signal) ?? [];
      bySignal.set(compared.signal, known);
      known.push(compared);
    }
    return bySignal;
  }

  #make(signal: Signal, compared: readonly Compared[], settler: ConflictSettler): void {
    const made = compared.map((each) =>
      "reason" in each ? droppedJudgement(each.reason) : makeAnswerPairs(each, this.#context),
    );
    for (const each of compared) {
      if ("reason" in each && each.undecided !== undefined) {
        settler.leaveUndecided(...each.undecided);
      }
    }
    const { kept, dropped } = settler.settle(made.flatMap(({ pairs }) => pairs));
    const none = signal === "vote" ? this.#of("none").map(dropReasonOf) : [];
    const reasons = [...made.flatMap((each) => each.dropped), ...dropped, ...none];
    this.#pairs = this.#pairs.concat(kept);
    this.#dropped = this.#dropped.concat(reasons.map((reason) => ({ reason })));
    this.#issues = this.#issues.concat(made.flatMap(({ issues }) => issues));
  }

  #countSwitchedOff(signal: Signal, compared: readonly Compared[], settler: ConflictSettler): void {
    const pairs = compared.flatMap((each) =>
      "reason" in each ? [] : [...makeAnswerPairs(each, this.#context).pairs],
    );
    const { kept } = settler.settle(pairs);
    if (kept.length > 0) {
      count(this.#counts.switchedOff, signal, kept.length);
    }
  }

  #countFacts(): void {
    this.#counts.conversations += 1;
    for (const { turns } of this.#tree.branches()) {
      this.#counts.branchPoints += turns.length > 1 ? 1 : 0;
    }
    for (const judgement of this.#judged.judgements) {
      count(this.#counts.judgements, judgement.kind);
      if (judgement.kind === "none") {
        count(this.#counts.undecided, judgement.reason);
      }
    }
    this.#counts.loneScores += countLoneScores(this.#of("score"), this.#tree);
  }

  /** R5: nothing is made up to set such an answer against. */
  #tellLoneThumbs(): void {
    const paired = new Set(this.#pairs.flatMap(({ preferred, nonPreferred }) => [preferred, nonPreferred]));
    for (const rated of ratedTurns(this.#of("thumb"), this.#tree)) {
      if (!paired.has(rated.turn.end)) {
        this.#counts.loneThumbs += 1;
        this.#tellUnpaired(rated);
      }
    }
  }

  #tellUnpaired({ turn, after, up: label }: RatedTurn): void {
    const { onUnpaired } = this.#options;
    const { reader } = this.#context;
    if (onUnpaired === undefined || turn.base === null) {
      return;
    }
    const answer = reader.readAnswer({ turn }, after);
    if (typeof answer === "string") {
      return;
    }
    const input = reader.readInput({ answers: [{ turn }], after }, answer.hidden);
    if (typeof input !== "string" && isOneMessage(answer)) {
      onUnpaired({ prompt: input.messages, completion: answer.completion, label });
    }
  }

  #capped(): MadePairs {
    const made = {
      considered: this.#pairs.length + this.#dropped.length,
      pairs: this.#pairs.map(({ pair }) => pair),
      dropped: this.#dropped,
      issues: this.#issues,
    };
    return capPairs(made, this.#options.policy?.maxPairsPerRecord);
  }

  #countMade({ pairs, dropped }: MadePairs): void {
    const kept = new Set(pairs);
    for (const made of this.#pairs.filter((each) => kept.has(each.pair))) {
      const { pair, sameModel } = made;
      this.#options.onPairTree?.(pairTree(made, this.#tree, this.#judged.judgements));
      count(this.#counts.pairs, pair.rule);
      this.#counts.models[sameModel === undefined ? "unknown" : sameModel ? "same" : "different"] += 1;
    }
    for (const { reason } of dropped) {
      count(this.#counts.dropped, reason);
    }
  }
}

/** Formats have names of their own for why nobody preferred an answer; they are told by those in the summary. */
function dropReasonOf({ reason }: NoPreference): DropReason {
  return reason === "tie" || reason === "copied-rating" ? reason : "undecided";
}

function droppedJudgement(reason: DroppedComparison["reason"]): ReturnType<typeof makeAnswerPairs> {
  return { pairs: [], dropped: [reason], issues: [] };
}
