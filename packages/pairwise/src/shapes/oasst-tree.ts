import type { JsonObject } from "@dpo-kit/schema";
import { isObject, ownMember } from "../candidates/member.ts";
import { compareTree, unfinished } from "../candidates/message-tree.ts";
import type { RowSample } from "../row-sample.ts";
import { columnOf, type PairwiseShape, type RowContext, type RowReading, type ShapeClaim } from "../shape.ts";

/** Trees of messages with ranked replies, one a row: Open Assistant's exports. */
export const oasstTree: PairwiseShape = {
  id: "oasst-tree",
  title: "Trees of messages with ranked replies: prompt.replies[].rank (Open Assistant)",
  family: "G",
  detect,
  compare,
};

function detect(sample: RowSample): ShapeClaim | undefined {
  const { rows } = sample;
  const column = sample.columns.find(({ name }) => rows.some((row) => isTree(ownMember(row, name))))?.name;
  const isRoot = rows.length > 0 && rows.every(isTree);
  if (column === undefined && !isRoot) {
    return undefined;
  }
  const where = isRoot ? "each row" : column!;
  return {
    confidence: 0.9,
    why: `${where} is a message with replies below it`,
    mapping: isRoot ? [{ role: "replies", column: "replies" }] : [{ role: "tree", column: column! }],
  };
}

function isTree(value: unknown): boolean {
  const message = value as JsonObject | undefined;
  return (
    isObject(message) &&
    Array.isArray(ownMember(message, "replies")) &&
    typeof ownMember(message, "text") === "string" &&
    typeof ownMember(message, "role") === "string"
  );
}

function compare(row: JsonObject, context: RowContext): RowReading {
  const column = columnOf(context.claim, "tree");
  const root = column === undefined ? row : ownMember(row, column);
  if (!isObject(root) || !isTree(root)) {
    return { unfit: true };
  }
  return unfinished(ownMember(row, "tree_state")) ?? compareTree(root, repliesOf, context);
}

function repliesOf(message: JsonObject): readonly JsonObject[] {
  const replies = ownMember(message, "replies");
  return Array.isArray(replies) ? replies.filter(isObject) : [];
}
