import { jsonText } from "../json-text.ts";
import { isSameText } from "../same-text.ts";
import { isBlank } from "../white-space.ts";
import {
  checkOutputMessages,
  isObject,
  OUTPUT_KEYS,
  outputMessages,
  roleOf,
  toolCallsOf,
  type UnknownObject,
} from "./line-parts.ts";
import type { Report } from "./report.ts";
import type { LineCheck } from "./rule.ts";

/** Each answer has text that is not blank, a tool call or a refusal. */
export const checkOutputsTeach: LineCheck = (line, report) => {
  checkOutputMessages(line, checkAnswer, report);
};

function checkAnswer(message: UnknownObject, report: Report): void {
  if (message.role !== "assistant") {
    return;
  }
  const called = toolCallsOf(message).length > 0 || isObject(message.function_call);
  if (!called && !hasText(message.content) && !hasText(message.refusal)) {
    report.add("OUTPUT_NOTHING_TO_LEARN", "content", {
      expected: "text or a tool call",
      found: message.content,
    });
  }
}

/** Whether content has text to learn from. What is of a wrong type is not this check's matter. */
function hasText(content: unknown): boolean {
  if (content === undefined || content === null) {
    return false;
  }
  if (typeof content === "string") {
    return !isBlank(content);
  }
  return !Array.isArray(content) || content.length === 0 || content.some(partHasText);
}

function partHasText(part: unknown): boolean {
  if (!isObject(part)) {
    return true;
  }
  const text = part.type === "refusal" ? part.refusal : part.text;
  return typeof text !== "string" || !isBlank(text);
}

/** Each output that has messages has at least one of the assistant. */
export const checkOutputsHaveAssistant: LineCheck = (line, report) => {
  for (const key of OUTPUT_KEYS) {
    const messages = outputMessages(line, key);
    if (messages.length > 0 && !messages.some(isAssistant)) {
      report.add("OUTPUT_NO_ASSISTANT", key, {
        expected: "an assistant message",
        found: messages.map(roleOf),
      });
    }
  }
};

function isAssistant(message: unknown): boolean {
  return roleOf(message) === "assistant";
}

/** The two answers differ: by their text, after trimming white space and composing, or by their calls. */
export const checkOutputsDiffer: LineCheck = (line, report) => {
  const preferred = line.preferred;
  const nonPreferred = line.nonPreferred;
  if (preferred.length === 0 || preferred.length !== nonPreferred.length) {
    return;
  }
  for (let index = 0; index < preferred.length; index += 1) {
    if (!areSameAnswer(preferred[index], nonPreferred[index])) {
      return;
    }
  }
  report.add("OUTPUT_IDENTICAL", "non_preferred_output", { expected: "another answer", found: nonPreferred });
};

function areSameAnswer(one: unknown, other: unknown): boolean {
  if (!isObject(one) || !isObject(other) || one.role !== other.role) {
    return false;
  }
  return (
    areSameText(one.content, other.content) &&
    areSameText(one.refusal, other.refusal) &&
    areSameJson(one.tool_calls, other.tool_calls) &&
    areSameJson(one.function_call, other.function_call)
  );
}

function areSameText(one: unknown, other: unknown): boolean {
  const text = textOf(one);
  const otherText = textOf(other);
  return text !== undefined && otherText !== undefined && isSameText(text, otherText);
}

/** The text of content or of a refusal; undefined for what is of a wrong type, which equals nothing. */
function textOf(content: unknown): string | undefined {
  if (content === undefined || content === null) {
    return "";
  }
  if (!Array.isArray(content)) {
    return typeof content === "string" ? content : undefined;
  }
  const texts = content.map(partText);
  return texts.includes(undefined) ? undefined : texts.join("");
}

function partText(part: unknown): string | undefined {
  const text = isObject(part) ? (part.text ?? part.refusal) : undefined;
  return typeof text === "string" ? text : undefined;
}

function areSameJson(one: unknown, other: unknown): boolean {
  return one === other || jsonText(one ?? null) === jsonText(other ?? null);
}
