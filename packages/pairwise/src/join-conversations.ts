import { commonMessages, sameMessages } from "@dpo-kit/preference";
import type { Message } from "@dpo-kit/schema";

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
 * no context that both last answers reply to. Their first answers have one, if both are the assistant's.
 */
export function joinConversations(
  first: readonly Message[],
  second: readonly Message[],
): JoinedAnswers | PartedConversations {
  const shortest = Math.min(first.length, second.length);
  const common = Math.min(commonMessages(first, second), Math.max(shortest - 1, 0));
  const split = splitAt(common, first, second);
  if (first.length === common + 1 && second.length === common + 1) {
    return split;
  }
  const bothAnswer = first[common]?.role === "assistant" && second[common]?.role === "assistant";
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
 * Takes the context off answers that are whole conversations: what stands before an answer must be what the
 * context ends with. System messages that only the conversations have become part of the context.
 */
export function joinContext(
  context: readonly Message[],
  first: readonly Message[],
  second: readonly Message[],
): JoinedAnswers | PartedConversations {
  const one = withoutContext(context, first);
  const other = one && withoutContext(one.context, second);
  if (one === undefined || other === undefined) {
    const split = joinConversations(first, second);
    return havePartedEarly(split) || split.context.length > 0 ? split : {};
  }
  const repeated = Number(one.answer !== first) + Number(other.answer !== second);
  return withSharedTurns({ context: other.context, first: one.answer, second: other.answer, repeated });
}

/** Answers of several turns, such as a call, its result and what is said then: what both share is context too. */
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

function withoutContext(
  context: readonly Message[],
  conversation: readonly Message[],
): { context: readonly Message[]; answer: readonly Message[] } | undefined {
  if (conversation[0]?.role === "assistant" || conversation.length < 2) {
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
