import type { Message } from "@dpo-kit/schema";
import { commonMessages, sameMessages } from "./same-messages.ts";

/** What two answers reply to, and the answers without it. */
export interface JoinedAnswers {
  readonly context: readonly Message[];
  readonly first: readonly Message[];
  readonly second: readonly Message[];
  /** How many of the answers had the context in front of them. */
  readonly repeated: number;
}

/** Two conversations that part before their last answer: `firstTurn` is what both hold up to their first own answers. */
export interface PartedConversations {
  readonly firstTurn?: JoinedAnswers | undefined;
}

/** Whether two conversations have one context for their last answers. */
export function havePartedEarly(joined: JoinedAnswers | PartedConversations): joined is PartedConversations {
  return !("context" in joined);
}

/**
 * Splits two whole conversations at a message: the context is the messages they begin with in common, always
 * without the last of either. Where more than the last message of one differs, they parted early: then there is
 * no context that both last answers reply to. Their first answers have one, if both are the assistant's. One that
 * is empty has no answer, to the context of the other.
 */
export function joinConversations(
  first: readonly Message[],
  second: readonly Message[],
): JoinedAnswers | PartedConversations {
  const shortest = Math.min(first.length, second.length);
  if (shortest === 0) {
    const common = Math.max(first.length, second.length) - 1;
    const context = [...first, ...second].slice(0, Math.max(common, 0));
    return { ...splitAt(context.length, first, second), context, repeated: context.length > 0 ? 1 : 0 };
  }
  const common = Math.min(commonMessages(first, second), shortest - 1);
  const split = splitAt(common, first, second);
  if (first.length === common + 1 && second.length === common + 1) {
    return split;
  }
  const bothAnswer = first[common]!.role === "assistant" && second[common]!.role === "assistant";
  const firstTurn = bothAnswer
    ? { ...split, first: split.first.slice(0, 1), second: split.second.slice(0, 1) }
    : undefined;
  return { firstTurn };
}

function splitAt(common: number, first: readonly Message[], second: readonly Message[]): JoinedAnswers {
  return {
    context: first.slice(0, common),
    first: first.slice(common),
    second: second.slice(common),
    repeated: common > 0 ? 2 : 0,
  };
}

/**
 * Takes the context off answers that may be whole conversations: what stands before an answer must be what the
 * context ends with. System messages that only the conversations have become part of the context. Undefined where
 * an answer replies to something else.
 */
export function takeContext(
  context: readonly Message[],
  first: readonly Message[],
  second: readonly Message[],
): JoinedAnswers | undefined {
  const one = withoutContext(context, first);
  const other = one && withoutContext(one.context, second);
  if (one === undefined || other === undefined) {
    return undefined;
  }
  const repeated = Number(one.answer !== first) + Number(other.answer !== second);
  return { context: other.context, first: one.answer, second: other.answer, repeated };
}

function withoutContext(
  context: readonly Message[],
  conversation: readonly Message[],
): { context: readonly Message[]; answer: readonly Message[] } | undefined {
  if (conversation.length < 2) {
    return { context, answer: conversation };
  }
  const before = conversation.slice(0, -1);
  const systems = systemsOf(before);
  const turns = before.slice(systems.length);
  const known = systemsOf(context);
  const end = context.slice(known.length).slice(-turns.length || context.length);
  const agrees = known.length === 0 || systems.length === 0 || sameMessages(known, systems);
  if (!agrees || !sameMessages(turns, end)) {
    return undefined;
  }
  return {
    context: known.length === 0 ? [...systems, ...context] : context,
    answer: conversation.slice(-1),
  };
}

function systemsOf(messages: readonly Message[]): readonly Message[] {
  const end = messages.findIndex(({ role }) => role !== "system");
  return end === -1 ? messages : messages.slice(0, end);
}

/**
 * As {@link takeContext}, for answers that may also have several turns of their own, such as a call, its result and
 * what is said then: what both begin with in common becomes context too. Answers that reply to something else than
 * the context, and agree on what, keep what they reply to.
 */
export function joinContext(
  context: readonly Message[],
  first: readonly Message[],
  second: readonly Message[],
): JoinedAnswers | PartedConversations {
  const taken = takeContext(context, first, second) ?? ownTurns(context, first, second);
  if (taken !== undefined) {
    return withSharedTurns(taken);
  }
  const split = joinConversations(first, second);
  return havePartedEarly(split) || split.context.length > 0 ? split : {};
}

/** Answers that begin with the assistant are turns of their own, whatever the context ends with. */
function ownTurns(
  context: readonly Message[],
  first: readonly Message[],
  second: readonly Message[],
): JoinedAnswers | undefined {
  const isOwn = (answer: readonly Message[]): boolean => answer.length < 2 || answer[0]!.role === "assistant";
  return isOwn(first) && isOwn(second) ? { context, first, second, repeated: 0 } : undefined;
}

function withSharedTurns(joined: JoinedAnswers): JoinedAnswers | PartedConversations {
  const { context, first, second, repeated } = joined;
  if (first.length < 2 && second.length < 2) {
    return joined;
  }
  const split = joinConversations(first, second);
  return havePartedEarly(split)
    ? {
        firstTurn: split.firstTurn && {
          ...split.firstTurn,
          context: [...context, ...split.firstTurn.context],
        },
      }
    : { ...split, context: [...context, ...split.context], repeated };
}
