import type { Comparison } from "@dpo-kit/preference";
import { type JsonObject, type Message, trimWhiteSpace } from "@dpo-kit/schema";
import type { RowContext, RowReading } from "../shape.ts";
import { verdictNumber } from "../verdicts/side.ts";
import { ownMember } from "./member.ts";

/** A message of a tree and where it hangs. */
export interface TreeNode {
  readonly message: JsonObject;
  /** Undefined: the root. */
  readonly parent: TreeNode | undefined;
  readonly depth: number;
}

/** What hangs below a message, in the order of the input. */
export type RepliesOf = (message: JsonObject) => readonly JsonObject[];

/** Deeper than any conversation, and shallow enough that the paths of all its messages fit into memory. */
const MAXIMUM_DEPTH = 1_000;

/**
 * The comparisons of a tree of messages (https://huggingface.co/datasets/OpenAssistant/oasst1): the ranked
 * answers to each of the user's messages, with the path from the root as their context. Ranks begin at 0, the
 * best. Messages that were deleted or failed their review are left out with all that hangs below them;
 * answers that nobody ranked are no candidates.
 */
export function compareTree(root: JsonObject, repliesOf: RepliesOf, context: RowContext): RowReading {
  const comparisons: Comparison[] = [];
  const pending: TreeNode[] = [{ message: root, parent: undefined, depth: 0 }];
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    const { message, depth } = node;
    if (!isSound(message)) {
      continue;
    }
    if (depth > MAXIMUM_DEPTH) {
      context.reader.wrong("PAIR_TOO_MANY", "replies", {
        message: "The tree is deeper than any conversation",
      });
      return { comparisons: [] };
    }
    const replies = repliesOf(message);
    const ranked = isUsers(message) ? replies.filter(isRanked) : [];
    if (ranked.length > 1) {
      comparisons.push(compareReplies(node, ranked));
    }
    // Last first, so that the first reply is looked at next: comparisons come in the order of the input.
    for (const reply of [...replies].reverse()) {
      pending.push({ message: reply, parent: node, depth: depth + 1 });
    }
  }
  return comparisons.length === 0
    ? { skipped: "no-candidates" }
    : { comparisons, paths: { candidate: () => "replies" } };
}

function compareReplies(node: TreeNode, ranked: readonly JsonObject[]): Comparison {
  return {
    context: pathTo(node),
    candidates: ranked.map((reply) => ({
      completion: [messageOf(reply)],
      rank: verdictNumber(ownMember(reply, "rank")) ?? null,
    })),
    verdict: { kind: "ranks" },
  };
}

function pathTo(node: TreeNode): Message[] {
  const path: Message[] = [];
  for (let at: TreeNode | undefined = node; at !== undefined; at = at.parent) {
    path.push(messageOf(at.message));
  }
  return path.reverse();
}

function messageOf(message: JsonObject): Message {
  const text = ownMember(message, "text");
  const content = typeof text === "string" ? text : "";
  return isUsers(message) ? { role: "user", content } : { role: "assistant", content };
}

function isUsers(message: JsonObject): boolean {
  return ownMember(message, "role") === "prompter" || ownMember(message, "role") === "user";
}

function isRanked(message: JsonObject): boolean {
  return isSound(message) && !isUsers(message) && verdictNumber(ownMember(message, "rank")) !== undefined;
}

function isSound(message: JsonObject): boolean {
  const text = ownMember(message, "text");
  const isThere = typeof text === "string" && trimWhiteSpace(text) !== "";
  return isThere && ownMember(message, "deleted") !== true && ownMember(message, "review_result") !== false;
}

/** Why a tree is left out as a whole: its state says that it was not finished. */
export function unfinished(state: unknown): RowReading | undefined {
  const isReady = state === undefined || state === null || state === "ready_for_export";
  return isReady ? undefined : { skipped: "tree-not-ready" };
}
