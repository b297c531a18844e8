import { commonMessages, sameMessages } from "@dpo-kit/preference";
import type { Message } from "@dpo-kit/schema";

/** What two answers reply to, and the answers without it. */
export interface SplitAnswers {
  context: readonly Message[];
  preferred: readonly Message[];
  nonPreferred: readonly Message[];
  /** How many of the answers had the context in front of them. */
  repeated: number;
}

/**
 * Takes the context off answers that are whole conversations. The messages before the last must be those the
 * context ends with; system messages in front of either do not count, and if only the conversations have them
 * they become part of the context. Undefined where an answer goes another way than the context.
 */
export function splitAnswers(
  context: readonly Message[],
  preferred: readonly Message[],
  nonPreferred: readonly Message[],
): SplitAnswers | undefined {
  const better = splitAnswer(context, preferred);
  const worse = better && splitAnswer(better.context, nonPreferred);
  if (better === undefined || worse === undefined) {
    return undefined;
  }
  return {
    context: worse.context,
    preferred: better.answer,
    nonPreferred: worse.answer,
    repeated: better.repeated + worse.repeated,
  };
}

function splitAnswer(
  context: readonly Message[],
  conversation: readonly Message[],
): { context: readonly Message[]; answer: readonly Message[]; repeated: number } | undefined {
  if (conversation.length < 2) {
    return { context, answer: conversation, repeated: 0 };
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
  const whole = known.length === 0 ? [...systems, ...context] : context;
  return { context: whole, answer: conversation.slice(-1), repeated: 1 };
}

function systemsOf(messages: readonly Message[]): readonly Message[] {
  const end = messages.findIndex(({ role }) => role !== "system");
  return end === -1 ? messages : messages.slice(0, end);
}

/**
 * Splits two conversations where there is no prompt beside them: the context is the messages they begin with in
 * common. Undefined where more or less than one message is left of either.
 */
export function splitConversations(
  preferred: readonly Message[],
  nonPreferred: readonly Message[],
): SplitAnswers | undefined {
  const shortest = Math.min(preferred.length, nonPreferred.length);
  const common = Math.min(commonMessages(preferred, nonPreferred), Math.max(shortest - 1, 0));
  if (preferred.length > common + 1 || nonPreferred.length > common + 1) {
    return undefined;
  }
  return {
    context: preferred.slice(0, common),
    preferred: preferred.slice(common),
    nonPreferred: nonPreferred.slice(common),
    repeated: common > 0 ? 2 : 0,
  };
}
