import { isBlank, type JsonObject } from "@dpo-kit/schema";
import { firstText, objectsIn } from "../input/json-members.ts";

/** A message of a tree. */
export interface Reply {
  readonly id: string;
  readonly parent: string | null;
  readonly isUsers: boolean;
  readonly text: string;
  /** From 0, the best of the answers to one message; undefined where nobody ranked it. */
  readonly rank: number | undefined;
}

/** The messages of a tree, parents before replies. Those that must not be used are left out with all below them. */
export function listReplies(prompt: JsonObject): Reply[] {
  const listed: Reply[] = [];
  const pending: { message: JsonObject; parent: string | null }[] = [{ message: prompt, parent: null }];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const { message, parent } = next;
    if (!isSound(message)) {
      continue;
    }
    const id = firstText(message.message_id) ?? `message-${listed.length}`;
    listed.push({ id, parent, ...readReply(message) });
    // Last first, so that the first reply comes next: messages keep the order of the input.
    for (const reply of objectsIn(message.replies).reverse()) {
      pending.push({ message: reply, parent: id });
    }
  }
  return listed;
}

function isSound({ text, deleted, review_result: review }: JsonObject): boolean {
  return typeof text === "string" && !isBlank(text) && deleted !== true && review !== false;
}

function readReply({ role, text, rank }: JsonObject): Omit<Reply, "id" | "parent"> {
  return {
    isUsers: role === "prompter" || role === "user",
    text: firstText(text)!,
    rank: typeof rank === "number" ? rank : undefined,
  };
}
