import type { JsonValue } from "@dpo-kit/schema";
import { nodeText } from "../model/chat-node.ts";
import type { JudgedBy } from "../model/judgement.ts";
import { readCallOutput } from "./read-call-output.ts";
import type { SpanJudgement } from "./span-judgement.ts";

/**
 * The better version of an answer that somebody wrote: a text, or the answer in the form in which the store keeps it.
 * Undefined where it is no text in the end.
 */
export function correctionOf(value: JsonValue | undefined, by: JudgedBy): SpanJudgement | undefined {
  const messages = readCallOutput(value)?.messages ?? [];
  const [only] = messages;
  if (
    only === undefined ||
    messages.length > 1 ||
    only.role !== "assistant" ||
    only.toolCalls !== undefined
  ) {
    return undefined;
  }
  return { kind: "edit", text: nodeText(only), textIs: "edited", where: "correction", by };
}
