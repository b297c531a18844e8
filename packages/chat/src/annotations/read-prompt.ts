import { type ColumnRole, findColumns } from "@dpo-kit/preference";
import type { JsonObject, JsonValue } from "@dpo-kit/schema";
import { readMessageList } from "../messages/read-message-list.ts";
import type { MessageNode } from "../model/chat-node.ts";

/**
 * Reads what the answers of a task answer: the field with a name that is known for prompts (or the one that is asked
 * for, or the only field there is), a text or a list of messages that ends with the user's. Behind a system message,
 * if a field has a name that is known for those. Undefined where no field, or more than one, can be the prompt.
 *
 * @param fields without the answers.
 */
export function readPrompt(
  fields: JsonObject,
  asked: string | undefined,
): readonly MessageNode[] | undefined {
  const names = Object.keys(fields);
  const name = asked ?? nameOf("prompt", names) ?? (names.length === 1 ? names[0] : undefined);
  const messages = name === undefined ? undefined : messagesOf(fields[name]);
  const system = nameOf("system", names);
  const instructions = system === undefined ? undefined : fields[system];
  return messages?.at(-1)?.role === "user"
    ? [...(typeof instructions === "string" ? [systemMessage(instructions)] : []), ...messages]
    : undefined;
}

function nameOf(role: ColumnRole, names: readonly string[]): string | undefined {
  const finding = findColumns(names)[role];
  return finding.kind === "found" ? finding.column.name : undefined;
}

function messagesOf(prompt: JsonValue | undefined): readonly MessageNode[] | undefined {
  return prompt === "" ? undefined : readMessageList(prompt, { prefix: "prompt" });
}

function systemMessage(content: string): MessageNode {
  return { id: "system", role: "system", content };
}
