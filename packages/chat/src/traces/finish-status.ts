import type { JsonObject, JsonValue } from "@dpo-kit/schema";
import { isObject } from "../input/file-sample.ts";
import { firstText } from "../input/json-members.ts";
import type { NodeStatus } from "../model/chat-node.ts";

/** The members of a response in which the reason stands, or a piece of the response in which it does. */
const ways: readonly string[] = [
  "response_metadata",
  "generation_info",
  "incomplete_details",
  "choices",
  "candidates",
  "generations",
  "kwargs",
  "message",
  "messages",
];

/**
 * Reasons for which an answer is not whole: OpenAI's `length` and `content_filter`, the `max_output_tokens` of its
 * Responses API, Anthropic's `max_tokens`, Gemini's `MAX_TOKENS`, `SAFETY` and `RECITATION`.
 */
const cutShort: ReadonlySet<string> = new Set([
  "length",
  "max_tokens",
  "max_output_tokens",
  "content_filter",
  "content-filter",
  "safety",
  "recitation",
]);

/** What the response of a model says of whether the answer is whole; undefined where it says nothing against it. */
export function finishStatus(response: JsonValue | undefined): NodeStatus | undefined {
  const reason = reasonIn(response, 6)?.toLowerCase() ?? "";
  return cutShort.has(reason) ? "partial" : reason === "error" ? "error" : undefined;
}

function reasonIn(value: JsonValue | undefined, depth: number): string | undefined {
  if (Array.isArray(value)) {
    return reasonIn(value.at(-1), depth - 1);
  }
  return !isObject(value) || depth < 0 ? undefined : (reasonOf(value) ?? reasonBelow(value, depth));
}

function reasonOf({ finish_reason, finishReason, stop_reason, reason }: JsonObject): string | undefined {
  return firstText(finish_reason, finishReason, stop_reason, reason);
}

function reasonBelow(value: JsonObject, depth: number): string | undefined {
  for (const way of ways) {
    const reason = Object.hasOwn(value, way) ? reasonIn(value[way], depth - 1) : undefined;
    if (reason !== undefined) {
      return reason;
    }
  }
  return undefined;
}
