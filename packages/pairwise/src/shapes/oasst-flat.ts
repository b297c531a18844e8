import { type JsonObject, jsonText } from "@dpo-kit/schema";
import { ownMember } from "../candidates/member.ts";
import { compareTree, unfinished } from "../candidates/message-tree.ts";
import { columnNamed, type RowSample } from "../row-sample.ts";
import type { PairwiseShape, RowContext, RowReading, ShapeClaim } from "../shape.ts";

/** Trees of messages, one message a row that names its parent: oasst1 and oasst2 on the Hub. */
export const oasstFlat: PairwiseShape = {
  id: "oasst-flat",
  title: "Messages of trees, one a row: message_id, parent_id, rank (Open Assistant)",
  family: "G",
  detect,
  compare: () => ({ unfit: true }),
  gather: { key, combine },
};

const needed = ["message_id", "parent_id", "text", "role", "rank"];

function detect(sample: RowSample): ShapeClaim | undefined {
  if (!needed.every((name) => columnNamed(sample, name) !== undefined)) {
    return undefined;
  }
  return {
    confidence: 0.9,
    why: "message_id and parent_id make trees of messages, and rank orders the answers in them",
    mapping: needed.map((column) => ({ role: column, column })),
  };
}

function key(row: JsonObject): string | undefined {
  const tree =
    ownMember(row, "message_tree_id") ?? ownMember(row, "parent_id") ?? ownMember(row, "message_id");
  return tree === undefined || tree === null ? undefined : jsonText(tree);
}

function combine(rows: readonly JsonObject[], context: RowContext): RowReading {
  const states = rows.map((row) => unfinished(ownMember(row, "tree_state")));
  const state = states.find((each) => each !== undefined);
  if (state !== undefined) {
    return state;
  }
  const replies = new Map<string, JsonObject[]>();
  for (const row of rows) {
    const parent = idOf(row, "parent_id");
    const siblings = parent === undefined ? undefined : replies.get(parent);
    if (siblings !== undefined) {
      siblings.push(row);
    } else if (parent !== undefined) {
      replies.set(parent, [row]);
    }
  }
  const root = rows.find((row) => idOf(row, "parent_id") === undefined);
  if (root === undefined) {
    return { skipped: "no-candidates" };
  }
  return compareTree(root, (message) => replies.get(idOf(message, "message_id") ?? "") ?? [], context);
}

function idOf(row: JsonObject, name: string): string | undefined {
  const id = ownMember(row, name);
  return id === undefined || id === null || id === "" ? undefined : jsonText(id);
}
