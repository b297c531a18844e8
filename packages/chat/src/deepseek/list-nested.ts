import type { JsonObject } from "@dpo-kit/schema";
import { firstText, objectsIn } from "../input/json-members.ts";
import { splitTurn, type TurnStep } from "../messages/split-turn.ts";
import type { ChatNodeInput } from "../model/chat-node.ts";

/** Whether a value is the first message of a chat as exporters nest it. */
export function isNested({ type, content, thought, children }: JsonObject): boolean {
  const isMessage = type === "user" || type === "assistant";
  return isMessage && typeof content === "string" && thought !== undefined && Array.isArray(children);
}

/**
 * The messages of a chat that an exporter has nested, each with those that follow it as its children.
 * https://github.com/ceyaima/deepseek-exporter
 */
export function listNested(root: JsonObject): ChatNodeInput[] {
  const nodes: ChatNodeInput[] = [];
  const pending: { message: JsonObject; parent: string | null }[] = [{ message: root, parent: null }];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const { message, parent } = next;
    const id = String(message.id ?? `message-${nodes.length}`);
    const role = message.type === "user" ? "user" : "assistant";
    nodes.push(...splitTurn(stepsOf(message), { id, parent, role }));
    for (const child of objectsIn(message.children).reverse()) {
      pending.push({ message: child, parent: id });
    }
  }
  return nodes;
}

function stepsOf({ thought, content }: JsonObject): TurnStep[] {
  const reasoning = firstText(thought) ?? "";
  return [
    ...(reasoning === "" ? [] : [{ kind: "reasoning", text: reasoning } as const]),
    { kind: "text", text: firstText(content) ?? "" },
  ];
}
