import type { JsonObject } from "@dpo-kit/schema";
import { firstText, objectsIn } from "../input/json-members.ts";
import { splitTurn, type TurnStep } from "../messages/split-turn.ts";
import type { ChatNodeInput } from "../model/chat-node.ts";
import { buildConversation, type Conversation } from "../model/conversation.ts";

/** A conversation, and its answers by their ids. */
export interface DifyConversation {
  readonly conversation: Conversation;
  readonly answers: ReadonlyMap<string, JsonObject>;
}

/**
 * Builds the tree of messages, each of which is a query with its answer. Answers that were made again have the same
 * query after the same message.
 */
export function readDifyConversation(id: string, messages: readonly JsonObject[]): DifyConversation {
  const answers = new Map<string, JsonObject>();
  const queries = new Map<string, string>();
  const nodes: ChatNodeInput[] = [];
  let before: string | null = null;
  for (const [index, message] of inTime(messages).entries()) {
    const answer = firstText(message.id) ?? `message-${index}`;
    if (answers.has(answer)) {
      continue;
    }
    answers.set(answer, message);
    const parent: string | null = parentOf(message, before);
    const asked = JSON.stringify([parent, message.query, message.inputs]);
    const query = queries.get(asked) ?? `${answer}/query`;
    if (!queries.has(asked)) {
      queries.set(asked, query);
      nodes.push(...queryNodes(message, { id: query, parent }));
    }
    nodes.push(...answerNodes(message, { id: answer, parent: query }));
    before = answer;
  }
  // What the app says before every message, and what it looks up, is not in the messages.
  return { conversation: buildConversation(nodes, { id, hiddenInput: true }), answers };
}

/** Messages made through the API name no parent but this, and follow one another in time. */
const IN_TIME = "00000000-0000-0000-0000-000000000000";

function parentOf({ parent_message_id: parent }: JsonObject, before: string | null): string | null {
  return parent === IN_TIME || parent === undefined ? before : (firstText(parent) ?? null);
}

/** Pages come with the latest first or last; messages of one second keep their order. */
function inTime(messages: readonly JsonObject[]): JsonObject[] {
  const time = (message: JsonObject | undefined): number => Number(message?.created_at ?? 0) || 0;
  const isBackwards = time(messages[0]) > time(messages.at(-1));
  const ordered = isBackwards ? [...messages].reverse() : [...messages];
  return ordered.sort((one, other) => time(one) - time(other));
}

interface Place {
  readonly id: string;
  readonly parent: string | null;
}

function queryNodes({ query, message_files: files }: JsonObject, place: Place): ChatNodeInput[] {
  const given = objectsIn(files).filter(({ belongs_to: owner }) => owner !== "assistant");
  const text = { kind: "text", text: firstText(query) ?? "" } as const;
  return splitTurn([...given.map(mediaOf), text], { ...place, role: "user" });
}

function answerNodes(message: JsonObject, place: Place): ChatNodeInput[] {
  const { answer, message_files: files, agent_thoughts: thoughts, status, error } = message;
  const made = objectsIn(files).filter(({ belongs_to: owner }) => owner === "assistant");
  const steps: TurnStep[] = [
    ...objectsIn(thoughts).flatMap(readThought),
    ...made.map(mediaOf),
    { kind: "text", text: firstText(answer) ?? "" },
  ];
  const hasFailed = status === "error" || (typeof error === "string" && error !== "");
  const known = status === "normal" ? "done" : "unknown";
  return splitTurn(steps, { ...place, role: "assistant", status: hasFailed ? "error" : known });
}

/** A step of an agent; most call a tool, the last one only thinks. */
function readThought({ tool, tool_input: given, observation }: JsonObject): TurnStep[] {
  if (typeof tool !== "string" || tool === "") {
    return [];
  }
  return [
    { kind: "call", call: { name: tool, arguments: firstText(given) ?? "{}" } },
    { kind: "result", text: firstText(observation) ?? "" },
  ];
}

function mediaOf({ type }: JsonObject): TurnStep {
  const kind = firstText(type) ?? "";
  return { kind: "media", what: ["image", "audio", "video"].includes(kind) ? kind : "file" };
}
