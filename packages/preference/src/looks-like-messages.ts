import type { JsonObject, JsonValue } from "@dpo-kit/schema";

/**
 * Whether a value is a list of messages: at least one, and each an object with `role` and `content` (or
 * `text`, or tool calls), or with `from` and `value`. Roles and contents themselves are not judged.
 */
export function looksLikeMessages(value: JsonValue | undefined): boolean {
  return Array.isArray(value) && value.length > 0 && value.every(looksLikeMessage);
}

/** Whether a value is one message, by the same rule. */
export function looksLikeMessage(value: JsonValue | undefined): boolean {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    return false;
  }
  const turn = value as JsonObject;
  if (typeof turn.role === "string") {
    return ["content", "text", "tool_calls", "function_call"].some((key) => turn[key] !== undefined);
  }
  return typeof turn.from === "string" && turn.value !== undefined;
}
