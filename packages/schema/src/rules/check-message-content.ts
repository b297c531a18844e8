import { findReservedToken } from "../reserved-tokens.ts";
import { hasLoneSurrogate, hasLoneSurrogateWithin } from "../well-formed.ts";
import {
  asList,
  checkInputMessages,
  checkMessages,
  checkOutputMessages,
  isObject,
  type UnknownObject,
} from "./line-parts.ts";
import type { Report } from "./report.ts";
import type { LineCheck } from "./rule.ts";

/** An assistant message of the input has content, a call or a refusal. */
export const checkHasContent: LineCheck = (line, report) => {
  checkInputMessages(line, checkAssistantHasContent, report);
};

function checkAssistantHasContent(message: UnknownObject, report: Report): void {
  const { role, content, tool_calls, function_call, refusal } = message;
  const isEmpty = content === undefined || content === null;
  if (role === "assistant" && isEmpty && !tool_calls && !function_call && !refusal) {
    report.add("MESSAGE_NO_CONTENT", "content", { expected: "content or tool_calls", found: content });
  }
}

/** Every message has content, whatever stands beside it. */
export const checkContentNotNull: LineCheck = (line, report) => {
  checkMessages(line, checkOneContentNotNull, report);
};

function checkOneContentNotNull(message: UnknownObject, report: Report): void {
  if (message.content === undefined || message.content === null) {
    report.add("MESSAGE_CONTENT_NULL", "content", { expected: "text", found: message.content });
  }
}

/** The content of every message is a text or a list, and not empty. White space counts as content. */
export const checkContentNotEmpty: LineCheck = (line, report) => {
  checkMessages(line, checkOneContentNotEmpty, report);
};

function checkOneContentNotEmpty(message: UnknownObject, report: Report): void {
  const { content } = message;
  if (content === undefined || content === null || content === "") {
    report.add("MESSAGE_CONTENT_EMPTY", "content", { expected: "text that is not empty", found: content });
  }
}

/** No part is a refusal. */
export const checkNoRefusalPart: LineCheck = (line, report) => {
  checkMessages(line, checkOneNoRefusalPart, report);
};

function checkOneNoRefusalPart(message: UnknownObject, report: Report): void {
  const parts = asList(message.content);
  for (let index = 0; index < parts.length; index += 1) {
    const part = parts[index];
    if (isObject(part) && part.type === "refusal") {
      report.add("MESSAGE_PART_NOT_TAKEN", `content[${index}].type`, {
        expected: "text",
        found: "refusal",
      });
    }
  }
}

/** Messages of the input have one of the given roles. Roles outside the format are not this check's matter. */
export function checkRoles(taken: readonly string[]): LineCheck {
  const refused = new Set<unknown>(["system", "user", "assistant", "tool", "function"]);
  for (const role of taken) {
    refused.delete(role);
  }
  const expected = taken.join(", ");
  const checkRole = ({ role }: UnknownObject, report: Report): void => {
    if (refused.has(role)) {
      report.add("MESSAGE_ROLE_NOT_TAKEN", "role", { expected, found: role });
    }
  };
  return (line, report) => checkInputMessages(line, checkRole, report);
}

/** No text holds a token that the tokenizer keeps for itself. One issue a message, for its first token. */
export const checkReservedTokens: LineCheck = (line, report) => {
  checkInputMessages(line, checkMessageTokens, report);
  checkOutputMessages(line, checkMessageTokens, report);
};

function checkMessageTokens({ content }: UnknownObject, report: Report): void {
  if (typeof content === "string") {
    checkTextTokens(content, "content", report);
    return;
  }
  const parts = asList(content);
  for (let index = 0; index < parts.length; index += 1) {
    const part = parts[index];
    if (isObject(part) && typeof part.text === "string") {
      checkTextTokens(part.text, `content[${index}].text`, report);
    }
  }
}

function checkTextTokens(text: string, path: string, report: Report): void {
  const token = findReservedToken(text);
  if (token !== undefined) {
    report.add("MESSAGE_RESERVED_TOKEN", path, { found: token });
  }
}

/** No text of the line holds half a character. */
export const checkLoneSurrogates: LineCheck = (line, report) => {
  checkMessages(line, checkMessageSurrogates, report);
  const tools = line.tools;
  for (let index = 0; index < tools.length; index += 1) {
    if (hasLoneSurrogateWithin(tools[index])) {
      report.add("LINE_LONE_SURROGATE", `input.tools[${index}]`, {});
    }
  }
};

function checkMessageSurrogates(message: UnknownObject, report: Report): void {
  checkSurrogates(message.content, "content", report);
  checkSurrogates(message.name, "name", report);
  checkSurrogates(message.refusal, "refusal", report);
  checkSurrogates(message.tool_calls, "tool_calls", report);
  checkSurrogates(message.function_call, "function_call", report);
  checkSurrogates(message.tool_call_id, "tool_call_id", report);
}

function checkSurrogates(value: unknown, key: string, report: Report): void {
  const isBroken = typeof value === "string" ? hasLoneSurrogate(value) : hasLoneSurrogateInside(value);
  if (isBroken) {
    report.add("LINE_LONE_SURROGATE", key, { found: value });
  }
}

function hasLoneSurrogateInside(value: unknown): boolean {
  return typeof value === "object" && value !== null && hasLoneSurrogateWithin(value);
}
