import type { JsonObject, Message } from "@dpo-kit/schema";
import type { ExportTarget } from "../export-target.ts";
import { plainTextLosses } from "../messages/loss-lists.ts";
import { pairParts, refuseEqual, toolsText } from "../messages/pair-parts.ts";
import { swiftMessages } from "../messages/swift-messages.ts";
import { formatRow } from "../rows/format-row.ts";

/** ms-swift: a conversation that ends with the better answer, and the worse one as a text or as a whole conversation. */
export const msSwift: ExportTarget = {
  id: "ms-swift",
  aliases: ["swift", "simplismart"],
  title: "ms-swift",
  trainer: "ms-swift with --rlhf_type dpo, Simplismart",
  shape: '{"messages":[…,A],"rejected_response":"B","tools":"[…]"}, or "rejected_messages":[…,B]',
  keeps: "all turns, system messages, tools, calls and their results",
  source: {
    url: "https://swift.readthedocs.io/en/latest/Customization/Custom-dataset.html",
    date: "2026-11-23",
  },
  losses: [
    ...plainTextLosses,
    "EXPORT_LOSES_ARGUMENT_TEXT",
    "EXPORT_LOSES_CALL_IDS",
    "EXPORT_LOSES_CALL_TEXT",
    "EXPORT_LOSES_CALL_TURNS",
  ],
  omissions: ["EXPORT_OMITS_FUNCTIONS", "EXPORT_OMITS_ARGUMENTS", "EXPORT_OMITS_EQUAL_ANSWERS"],
  notes: [
    "rejected_response replaces all that follows the last user's message. Where the input does not end with it, or an answer calls tools, the worse conversation is written as a whole, as rejected_messages.",
  ],
  rows(example, notes) {
    const { messages, preferred, nonPreferred } = pairParts(example, notes);
    const written = (message: Message): JsonObject[] => swiftMessages(message, notes);
    const [input, better, worse] = [messages.flatMap(written), written(preferred), written(nonPreferred)];
    refuseEqual(textOf(better), textOf(worse), notes);
    const isText = messages.at(-1)!.role === "user" && [better, worse].every(isPlain);
    const tools = toolsText(example);
    return [
      {
        messages: [...input, ...better],
        ...(isText ? { rejected_response: worse[0]!.content! } : { rejected_messages: [...input, ...worse] }),
        ...(tools === undefined ? {} : { tools }),
      },
    ];
  },
};

function isPlain(answer: readonly JsonObject[]): boolean {
  return answer.length === 1 && answer[0]!.role === "assistant";
}

function textOf(answer: readonly JsonObject[]): string {
  return isPlain(answer) ? (answer[0]!.content as string) : formatRow(answer);
}
