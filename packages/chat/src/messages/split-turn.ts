import type { ChatCall, ChatNodeInput, ChatPart } from "../model/chat-node.ts";

/** What one message of a source holds, in order: pieces of the answer, calls of tools, and what the tools gave. */
export type TurnStep =
  | ChatPart
  | { readonly kind: "call"; readonly call: ChatCall }
  | { readonly kind: "result"; readonly callId?: string | undefined; readonly text: string };

/** All that is known of a message beside what it holds. */
export type MessageFacts = Omit<ChatNodeInput, "content" | "toolCalls" | "toolCallId">;

/** A node that still grows. */
interface Piece {
  role: ChatNodeInput["role"];
  parts: ChatPart[];
  calls: ChatCall[];
  callId?: string | undefined;
}

/**
 * Splits a message that holds a whole turn, with calls of tools and their results, into nodes one below the other. The
 * last has the id of the message, so that what follows the message follows the turn.
 */
export function splitTurn(steps: Iterable<TurnStep>, message: MessageFacts): ChatNodeInput[] {
  const pieces = piecesOf(steps, message.role);
  let parent = message.parent;
  return pieces.map(({ role, parts, calls, callId }, index) => {
    const id = index === pieces.length - 1 ? message.id : `${message.id}/${index}`;
    const node = {
      ...message,
      id,
      parent,
      role,
      content: parts,
      ...(calls.length > 0 ? { toolCalls: calls } : {}),
      ...(callId === undefined ? {} : { toolCallId: callId }),
    };
    parent = id;
    return node;
  });
}

function piecesOf(steps: Iterable<TurnStep>, role: ChatNodeInput["role"]): Piece[] {
  const pieces: Piece[] = [];
  let open: Piece | undefined;
  for (const step of steps) {
    if (step.kind === "result") {
      const result: Piece = { role: "tool", parts: [{ kind: "text", text: step.text }], calls: [] };
      pieces.push({ ...result, callId: step.callId });
      open = undefined;
      continue;
    }
    if (open === undefined) {
      open = { role, parts: [], calls: [] };
      pieces.push(open);
    }
    if (step.kind === "call") {
      open.calls.push(step.call);
    } else {
      open.parts.push(step);
    }
  }
  return pieces.length > 0 ? pieces : [{ role, parts: [], calls: [] }];
}
