import type { JsonObject, Message } from "@dpo-kit/schema";
import { compareAnswers } from "../compare-answers.ts";
import { hasColumns } from "../named-answers.ts";
import { readTools } from "../read-context.ts";
import { member, type RowReader } from "../row-reader.ts";
import { areMost, columnNamed } from "../row-sample.ts";
import { columnOf, type PairwiseShape, type RowContext } from "../shape.ts";

const rejectedNames = ["rejected_response", "rejected_messages", "rejected_message"] as const;

/**
 * A conversation that ends with the better answer, and the worse one beside it: `rejected_response` or
 * `rejected_messages` for ms-swift and Simplismart
 * (https://swift.readthedocs.io/en/latest/Customization/Custom-dataset.html), `rejected_message` for OpenPipe
 * (https://docs.openpipe.ai/features/datasets/uploading-data).
 */
export const messagesAndRejected: PairwiseShape = {
  id: "messages-and-rejected",
  title: "A conversation that ends with the better answer, and the worse one (ms-swift, OpenPipe)",
  family: "P",
  standsAlone: true,
  detect(sample) {
    const row = sample.rows.find((each) => rejectedOf(each) !== undefined);
    const column = row && rejectedOf(row);
    if (column === undefined || !areMost(sample, (each) => rejectedOf(each) !== undefined)) {
      return undefined;
    }
    const beside = ["system", "tools"].filter((name) => (columnNamed(sample, name)?.filled ?? 0) > 0);
    return {
      confidence: 0.98,
      why: `messages end with the better answer, and ${column} holds the worse one`,
      mapping: [
        { role: "prompt", column: "messages" },
        { role: "preferred", column: "messages" },
        { role: "non_preferred", column },
        ...beside.map((name) => ({ role: name, column: name })),
      ],
    };
  },
  compare(row, context) {
    const column = rejectedOf(row);
    if (column === undefined) {
      return { unfit: true };
    }
    const preferred = context.reader.messages(member(row, "messages")!, "messages");
    const nonPreferred = worseConversation(row, column, { preferred, context });
    const tools = readTools(row, context);
    const claim =
      columnOf(context.claim, "non_preferred") === column ? context.claim : claimFor(context, column);
    return compareAnswers(row, { context: undefined, preferred, nonPreferred, tools }, { ...context, claim });
  },
};

function rejectedOf(row: JsonObject): (typeof rejectedNames)[number] | undefined {
  const hasMessages = hasColumns(row, "messages") && Array.isArray(row.messages);
  return hasMessages
    ? rejectedNames.find((name) => row[name] !== undefined && row[name] !== null)
    : undefined;
}

function claimFor({ claim }: RowContext, column: string): RowContext["claim"] {
  const others = claim.mapping.filter(({ role }) => role !== "non_preferred");
  return { ...claim, mapping: [...others, { role: "non_preferred", column }] };
}

/** The worse conversation as a whole: ms-swift replaces all that follows the last user's message. */
function worseConversation(
  row: JsonObject,
  column: (typeof rejectedNames)[number],
  { preferred, context }: { preferred: readonly Message[]; context: RowContext },
): Message[] {
  const { reader } = context;
  const worse = worseMessages(row, column, reader);
  if (column === "rejected_messages") {
    return worse;
  }
  const lastUser = preferred.findLastIndex(({ role }) => role === "user");
  const cut = column === "rejected_message" ? preferred.length - 1 : lastUser + 1;
  return [...preferred.slice(0, cut), ...worse];
}

function worseMessages(row: JsonObject, column: string, reader: RowReader): Message[] {
  const messages = reader.answer(row, column);
  return messages.length === 0 ? [{ role: "assistant", content: "" }] : messages;
}
