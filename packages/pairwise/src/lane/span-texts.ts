import { sameBytes, type TextSpan } from "@dpo-kit/batch";
import { isFilled, isPlainQuestion, mayBeSameAnswer, repeats } from "./plain-spans.ts";
import type { RowTexts } from "./row-texts.ts";

/** What a row says, as spans. */
export interface SpanTexts extends RowTexts {
  readonly system?: TextSpan | undefined;
  readonly prompt: TextSpan;
  readonly preferred: TextSpan;
  readonly nonPreferred: TextSpan;
}

/** What the columns of a row hold of which the answers are texts. */
export interface TextColumns {
  readonly prompt: TextSpan | undefined;
  readonly preferred: TextSpan | undefined;
  readonly nonPreferred: TextSpan | undefined;
}

/** What the columns of a row hold of which the answers are conversations. */
export interface ConversationColumns {
  /** What repeats the prompt beside them. */
  readonly prompt: TextSpan | undefined;
  readonly preferred: readonly SpanMessage[];
  readonly nonPreferred: readonly SpanMessage[];
}

/** A message that has a role and a text and nothing else; undefined where one is missing or is no text. */
export interface SpanMessage {
  role: TextSpan | undefined;
  content: TextSpan | undefined;
}

/** A text as the span of its own bytes. */
export function spanOf(text: string): TextSpan {
  const bytes = new TextEncoder().encode(text);
  return { bytes, start: 0, end: bytes.length };
}

/** The roles of a conversation, from the last to the first if it has fewer messages. */
export const rolesInOrder: readonly TextSpan[] = ["system", "user", "assistant"].map(spanOf);

/** A question and two answers; undefined where there is anything to be said about them. */
export function textsOfColumns({ prompt, preferred, nonPreferred }: TextColumns): SpanTexts | undefined {
  const isPlain =
    isFilled(prompt) &&
    isFilled(preferred) &&
    isFilled(nonPreferred) &&
    isPlainQuestion(prompt) &&
    !mayBeSameAnswer(preferred, nonPreferred);
  return isPlain ? { prompt, preferred, nonPreferred } : undefined;
}

/**
 * Of two conversations that are a question, perhaps behind an instruction, and its answers; undefined where there is
 * anything else to be said about them.
 */
export function textsOfConversations(columns: ConversationColumns): SpanTexts | undefined {
  const better = contentsOf(columns.preferred);
  const worse = contentsOf(columns.nonPreferred);
  if (better === undefined || worse?.length !== better.length) {
    return undefined;
  }
  const context = better.slice(0, -1);
  const prompt = context.at(-1)!;
  const beside = columns.prompt;
  const isOne = context.every((text, index) => sameBytes(text, worse[index]!));
  if (!isOne || (beside !== undefined && !repeats(beside, prompt))) {
    return undefined;
  }
  const [preferred, nonPreferred] = [better.at(-1)!, worse.at(-1)!];
  return mayBeSameAnswer(preferred, nonPreferred)
    ? undefined
    : { system: context.at(-2), prompt, preferred, nonPreferred };
}

/** The texts of messages that begin with a system message or with the user's, and end with the first answer. */
function contentsOf(messages: readonly SpanMessage[]): TextSpan[] | undefined {
  const roles = rolesInOrder.slice(-messages.length);
  const contents = messages.map(({ content }) => content);
  const isPlain =
    messages.length >= 2 &&
    messages.length <= rolesInOrder.length &&
    messages.every(({ role }, index) => role !== undefined && sameBytes(role, roles[index]!)) &&
    contents.every(isFilled);
  return isPlain ? (contents as TextSpan[]) : undefined;
}
