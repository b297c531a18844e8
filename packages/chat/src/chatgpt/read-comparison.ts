import type { JsonObject, JsonValue, Location } from "@dpo-kit/schema";
import type { ChatRecord } from "../chat-format.ts";
import { isObject } from "../input/file-sample.ts";
import { firstText } from "../input/json-members.ts";
import type { MessageNode } from "../model/chat-node.ts";
import { buildConversation, chainNodes } from "../model/conversation.ts";
import type { Judgement } from "../model/judgement.ts";
import { conversationId } from "./read-conversation.ts";
import { readMessage } from "./read-message.ts";

/** A vote of `model_comparisons.json` since the end of 2024: the texts stand in the conversation. */
export interface ComparisonEntry {
  /** The conversation it was given in; empty where that is not said. */
  readonly conversation: string;
  readonly original: string;
  readonly changed: string;
  readonly rating: string;
  readonly placement?: string;
}

/** Reads an entry that names two messages; undefined where it does not. */
export function readComparisonEntry(value: JsonObject): ComparisonEntry | undefined {
  const { original_message_id: original, new_message_id: changed, rating, placement } = value;
  const conversation = firstText(value.conversation_id) ?? "";
  if (typeof original !== "string" || typeof changed !== "string") {
    return undefined;
  }
  const placed = typeof placement === "string" ? { placement } : {};
  return { conversation, original, changed, rating: String(rating ?? "none"), ...placed };
}

/** A comparison with its texts, as exports had it until late 2024; undefined where it is none. */
export function comparisonIn(value: JsonObject): { input: JsonObject; step: JsonObject } | undefined {
  const { input, output } = isObject(value.content) ? value.content : value;
  const step = isObject(output) ? output.feedback_step_2 : undefined;
  return isObject(input) && isObject(step) ? { input, step } : undefined;
}

/** Whether an entry is laid out as one that could compare: what people said of one answer alone has no second step. */
export function isComparisonEntry(value: JsonObject): boolean {
  const { output } = isObject(value.content) ? value.content : value;
  return isObject(output);
}

/** What a vote says of two turns. Whatever is neither `new` nor `original` prefers none: skips, ties, half-loaded. */
export function judgementOf(
  { rating, placement }: { rating: string; placement?: string | undefined },
  { original, changed, after }: { original: string; changed: string; after?: string | undefined },
): Judgement {
  if (rating !== "new" && rating !== "original") {
    return { kind: "none", reason: rating };
  }
  const [winner, loser] = rating === "new" ? [changed, original] : [original, changed];
  return { kind: "vote", winner, loser, after, placement: winnersPlace(rating, placement) };
}

function winnersPlace(rating: "new" | "original", placement: string | undefined): string | undefined {
  const other = placement === "left" ? "right" : placement === "right" ? "left" : undefined;
  return rating === "new" ? placement : other;
}

/** Reads a comparison that holds its texts: a conversation of its own, with two answers at its end. */
export function readComparison(value: JsonObject, at: Location): ChatRecord {
  const { input, step } = comparisonIn(value)!;
  const convo = isObject(input.prompt_convo) ? input.prompt_convo : {};
  const prompt = chainNodes(readMessages(convo.messages, "prompt"));
  const after = prompt.at(-1)?.id;
  const original = chainNodes(readMessages(step.original_turn, "original"), after);
  const changed = chainNodes(readMessages(step.new_turn, "new"), after);
  const nodes = [...prompt, ...original, ...changed];
  const placement = step.new_completion_placement;
  const judgement = judgementOf(
    {
      rating: String(step.completion_comparison_rating ?? "none"),
      placement: typeof placement === "string" ? placement : undefined,
    },
    { original: original.at(-1)?.id ?? "", changed: changed.at(-1)?.id ?? "", after },
  );
  const id = [input.conversation_id, convo.id].find((each) => typeof each === "string");
  const conversation = buildConversation(nodes, { id: typeof id === "string" ? id : conversationId(value) });
  return { kind: "judged", at, conversation, judgements: [judgement] };
}

function readMessages(messages: JsonValue | undefined, name: string): MessageNode[] {
  return (Array.isArray(messages) ? messages : []).map((message, index) =>
    readMessage(message, `${name}-${index}`),
  );
}
