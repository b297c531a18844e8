import { carriedMember, memberJsonText } from "@dpo-kit/preference";
import { carryJson, isBlank, type JsonObject, type JsonValue } from "@dpo-kit/schema";
import { isObject } from "../input/file-sample.ts";
import { firstText, objectsIn } from "../input/json-members.ts";
import { splitTurn, type TurnStep } from "../messages/split-turn.ts";
import type { ChatNodeInput, NodeStatus } from "../model/chat-node.ts";

/**
 * Reads the messages of a conversation. Exports before 2026 do not say which message follows which: then one follows
 * the other. `text` is the conversation's JSON text, for the arguments of calls, which are carried as they stand.
 */
export function readClaudeMessages(value: JsonObject, text: string | undefined): ChatNodeInput[] {
  const carried = text?.includes('"tool_use"') === true ? carryJson(text) : value;
  const messages = isObject(carried) ? carriedList(carried, "chat_messages") : [];
  const nodes: ChatNodeInput[] = [];
  let before: string | null = null;
  for (const [index, message] of messages.entries()) {
    const id = firstText(message.uuid) ?? `message-${index}`;
    const parent: string | null = firstText(message.parent_message_uuid) ?? before;
    nodes.push(...readMessage(message, { id, parent }));
    before = id;
  }
  return nodes;
}

function carriedList(parent: JsonObject, key: string): JsonObject[] {
  const list = carriedMember(parent, key);
  return Array.isArray(list)
    ? list.map((_, index) => carriedMember(list, index)).filter((member) => isObject(member))
    : [];
}

function readMessage(message: JsonObject, place: { id: string; parent: string | null }): ChatNodeInput[] {
  const blocks = carriedList(message, "content").flatMap(readBlock);
  const { text } = message;
  // `text` repeats the blocks, and garbles them where tools were used: it counts only where there are none.
  const steps: TurnStep[] =
    blocks.length === 0 && typeof text === "string" ? [{ kind: "text", text }] : blocks;
  const role = message.sender === "human" ? "user" : "assistant";
  return splitTurn([...attached(message), ...steps], { ...place, role, status: statusOf(message) });
}

/** What was pasted stands in an attachment, in front of what was typed; of a file only its name is exported. */
function attached({ attachments, files }: JsonObject): TurnStep[] {
  const pasted = objectsIn(attachments).map(({ extracted_content: text }): TurnStep => {
    const isText = typeof text === "string" && !isBlank(text);
    return isText ? { kind: "text", text: `${text}\n\n` } : { kind: "media", what: "file" };
  });
  return [...pasted, ...objectsIn(files).map((): TurnStep => ({ kind: "media", what: "file" }))];
}

function readBlock(block: JsonObject): TurnStep[] {
  const text = firstText(block.text);
  switch (block.type) {
    case "thinking":
      return [{ kind: "reasoning", text: firstText(block.thinking) ?? "" }];
    case "tool_use":
      return [{ kind: "call", call: callIn(block) }];
    case "tool_result":
      return [{ kind: "result", callId: firstText(block.tool_use_id), text: resultText(block.content) }];
    case "token_budget":
      return [];
    default:
      return text === undefined ? [{ kind: "media", what: mediaName(block.type) }] : [{ kind: "text", text }];
  }
}

function callIn(block: JsonObject): { id?: string | undefined; name: string; arguments: string } {
  const given = isObject(block.input) ? memberJsonText(block, "input") : "{}";
  return { id: firstText(block.id), name: firstText(block.name) ?? "tool", arguments: given };
}

function resultText(content: JsonValue | undefined): string {
  const texts = objectsIn(content).flatMap(({ text }) => (typeof text === "string" ? [text] : []));
  return firstText(content) ?? texts.join("\n");
}

function mediaName(type: JsonValue | undefined): string {
  return type === "image" ? "image" : type === "voice_note" ? "audio" : "file";
}

/** Only the web interface says how a message ended. */
function statusOf({ stop_reason: reason, truncated }: JsonObject): NodeStatus {
  if (truncated === true || reason === "max_tokens" || reason === "user_canceled") {
    return "partial";
  }
  return reason === "end_turn" || reason === "stop_sequence" ? "done" : "unknown";
}
