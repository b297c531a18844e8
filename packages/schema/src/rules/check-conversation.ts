import { isObject, roleOf } from "./line-parts.ts";
import type { LineCheck } from "./rule.ts";

/** The input has a message of the user. Source: OpenAI's guide, "a prompt, like a user message". */
export const checkHasUser: LineCheck = (line, report) => {
  const messages = line.messages;
  for (const message of messages) {
    if (roleOf(message) === "user") {
      return;
    }
  }
  if (messages.length > 0) {
    report.add("INPUT_NO_USER", "input.messages", { expected: "a message of the user" });
  }
};

/** The last message of the input is not the assistant's: that turn is what the two outputs are. */
export const checkEnd: LineCheck = (line, report) => {
  const messages = line.messages;
  const last = messages.length - 1;
  if (last >= 0 && roleOf(messages[last]) === "assistant") {
    report.add("INPUT_ENDS_WITH_ASSISTANT", `input.messages[${last}].role`, {
      expected: "user or tool",
      found: "assistant",
    });
  }
};

/** Assistant turns before the end are context only. */
export const checkEarlierTurns: LineCheck = (line, report) => {
  const messages = line.messages;
  let turns = 0;
  for (let index = 0; index < messages.length - 1; index += 1) {
    turns += roleOf(messages[index]) === "assistant" ? 1 : 0;
  }
  if (turns > 0) {
    report.add("INPUT_EARLIER_TURNS", "input.messages", { found: turns });
  }
};

/** Beside system messages the input is exactly one message, and it is the user's. */
export const checkOneTurn: LineCheck = (line, report) => {
  const messages = line.messages;
  let turns = 0;
  let users = 0;
  for (const message of messages) {
    const role = roleOf(message);
    turns += role === "system" ? 0 : 1;
    users += role === "user" ? 1 : 0;
  }
  if (messages.length > 0 && (turns !== 1 || users !== 1)) {
    report.add("INPUT_NOT_ONE_TURN", "input.messages", {
      expected: "one user message beside system messages",
      found: messages.map(roleOf),
    });
  }
};

/** System messages stand before all others. */
export const checkSystemFirst: LineCheck = (line, report) => {
  const messages = line.messages;
  let begun = false;
  for (let index = 0; index < messages.length; index += 1) {
    const isSystem = roleOf(messages[index]) === "system";
    if (isSystem && begun) {
      report.add("INPUT_SYSTEM_LATE", `input.messages[${index}].role`, {
        expected: "no system message here",
        found: "system",
      });
    }
    begun ||= !isSystem;
  }
};

/** No two messages in a row have the same role. */
export const checkAlternation: LineCheck = (line, report) => {
  const messages = line.messages;
  for (let index = 1; index < messages.length; index += 1) {
    const role = roleOf(messages[index]);
    if (role !== undefined && role === roleOf(messages[index - 1])) {
      report.add("INPUT_ROLES_NOT_ALTERNATING", `input.messages[${index}].role`, {
        expected: "another role than the message before",
        found: role,
      });
    }
  }
};

/** The content of the input's messages is all text, or all lists of parts. */
export const checkSameContentForm: LineCheck = (line, report) => {
  const messages = line.messages;
  let texts = 0;
  let lists = 0;
  for (const message of messages) {
    const content = isObject(message) ? message.content : undefined;
    texts += typeof content === "string" ? 1 : 0;
    lists += Array.isArray(content) ? 1 : 0;
  }
  if (texts > 0 && lists > 0) {
    report.add("INPUT_CONTENT_MIXED", "input.messages", {
      expected: "all text or all lists",
      found: `${texts} with text, ${lists} with lists`,
    });
  }
};
