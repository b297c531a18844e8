import { createIssue, type Issue, isBlank, type Location, type Message } from "@dpo-kit/schema";
import type { Comparison } from "./comparison.ts";
import { messageRefusal, messageText } from "./message-text.ts";

/** What the parts of a pair are called in the input, for the paths of issues: column names, JSON paths. */
export interface PairPaths {
  /** Default `prompt`. */
  prompt?: string | undefined;
  /** Default `preferred`. */
  preferred?: string | undefined;
  /** Default `non_preferred`. */
  nonPreferred?: string | undefined;
  /** The path of a candidate by its index, where candidates stand in a list. Default: the two above. */
  candidate?: ((index: number) => string) | undefined;
}

const noIssues: readonly Issue[] = [];

/** Whether the context can be answered: it has a user's text, and its last word is not the assistant's. */
export function checkContext(context: readonly Message[], at: Location): readonly Issue[] {
  const asks = context.some((message) => message.role === "user" && !isBlank(messageText(message)));
  const last = context.at(-1);
  if (asks && last?.role !== "assistant") {
    return noIssues;
  }
  const issues: Issue[] = [];
  if (!asks) {
    issues.push(createIssue("PAIR_EMPTY_PROMPT", { location: at, found: promptFound(context) }));
  }
  if (last?.role === "assistant") {
    issues.push(createIssue("PAIR_PROMPT_ENDS_WITH_ASSISTANT", { location: at, found: messageText(last) }));
  }
  return issues;
}

function promptFound(context: readonly Message[]): string | undefined {
  const user = context.find(({ role }) => role === "user");
  return user === undefined ? undefined : messageText(user);
}

/** Whether a completion can stand in a pair: one assistant message with text, a refusal or a tool call. */
export function checkCompletion(completion: readonly Message[], at: Location): readonly Issue[] {
  const message = completion[0];
  if (message === undefined) {
    return [createIssue("PAIR_EMPTY_ANSWER", { location: at, found: undefined })];
  }
  if (completion.length > 1 || message.role !== "assistant") {
    return [
      createIssue("PAIR_MESSAGE_INVALID", {
        location: at,
        message: "An answer is not exactly one assistant message",
        expected: "one assistant message",
        found: completion.map(({ role }) => role).join(", "),
        hint: "Providers train on one assistant message on each side; put the turns before it into the prompt.",
      }),
    ];
  }
  if (saysSomething(message)) {
    return noIssues;
  }
  return [createIssue("PAIR_EMPTY_ANSWER", { location: at, found: message.content })];
}

function saysSomething(message: Message): boolean {
  if (!isBlank(messageText(message))) {
    return true;
  }
  const calls =
    message.role === "assistant" && ((message.tool_calls?.length ?? 0) > 0 || message.function_call);
  return Boolean(calls) || !isBlank(messageRefusal(message));
}

/** Whether the verdict names candidates that are there, and two different ones. */
export function namesCandidates(comparison: Comparison, preferred: number, nonPreferred: number): boolean {
  const { candidates } = comparison;
  return preferred !== nonPreferred && preferred in candidates && nonPreferred in candidates;
}
