import { columnSynonyms, normaliseColumnName, normaliseMessages } from "@dpo-kit/preference";
import { isBlank, type JsonObject, type JsonValue, type Location, type Message } from "@dpo-kit/schema";

const promptNames: ReadonlySet<string> = new Set(
  columnSynonyms.prompt.map(({ name }) => normaliseColumnName(name)),
);

/** Where rows have whole conversations. */
const conversationNames: ReadonlySet<string> = new Set(["messages", "conversations", "conversation"]);

/**
 * The prompts of a row of a held-out file that has no pairs: the text itself, where a row is one; the text, or the
 * messages, of each column with one of the known names of prompts; the conversation of `messages` or `conversations`,
 * and that of `input` of a canonical line. Answers at the end of a conversation are no part of its prompt.
 */
export function heldOutPrompts(row: JsonValue | undefined, at: Location): Message[][] {
  if (typeof row === "string") {
    return promptOfText(row);
  }
  return isObject(row)
    ? Object.entries(row).flatMap(([name, value]) => promptsOfColumn(normaliseColumnName(name), value, at))
    : [];
}

function promptsOfColumn(name: string, value: JsonValue, at: Location): Message[][] {
  if (name === "input" && isObject(value)) {
    return Object.hasOwn(value, "messages") ? promptOfMessages(value.messages!, at) : [];
  }
  if (!promptNames.has(name) && !conversationNames.has(name)) {
    return [];
  }
  return typeof value === "string" ? promptOfText(value) : promptOfMessages(value, at);
}

function promptOfText(content: string): Message[][] {
  return isBlank(content) ? [] : [[{ role: "user", content }]];
}

function promptOfMessages(value: JsonValue, at: Location): Message[][] {
  if (!Array.isArray(value)) {
    return [];
  }
  const { messages, issues } = normaliseMessages(value, { at });
  const asked = messages.findLastIndex(({ role }) => role !== "assistant");
  return issues.length > 0 || asked === -1 ? [] : [messages.slice(0, asked + 1)];
}

function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
