import type { JsonObject, Message } from "@dpo-kit/schema";
import type { ExportTarget } from "../export-target.ts";
import { plainTextLosses } from "../messages/loss-lists.ts";
import { pairParts, refuseEqual, toolsText } from "../messages/pair-parts.ts";
import { swiftMessages } from "../messages/swift-messages.ts";
import { formatRow } from "../rows/format-row.ts";

/** ms-swift: a conversation that ends with the better answer, and the same with the worse one. */
export const msSwift: ExportTarget = {
  id: "ms-swift",
  aliases: ["swift"],
  title: "ms-swift",
  trainer: "ms-swift with --rlhf_type dpo",
  shape: '{"messages":[…,A],"rejected_messages":[…,B],"tools":"[…]","rejected_tools":"[…]"}',
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
    "Both conversations are whole, in every row: of a file in which only some rows have rejected_response, ms-swift 4.6 drops the others with no more than a warning.",
    "rejected_tools says the tools again: to a conversation in rejected_messages ms-swift does not give those of the other.",
  ],
  rows(example, notes) {
    const { messages, preferred, nonPreferred } = pairParts(example, notes);
    const written = (message: Message): JsonObject[] => swiftMessages(message, notes);
    const [input, better, worse] = [messages.flatMap(written), written(preferred), written(nonPreferred)];
    refuseEqual(textOf(better), textOf(worse), notes);
    const tools = toolsText(example);
    return [
      {
        messages: [...input, ...better],
        rejected_messages: [...input, ...worse],
        ...(tools === undefined ? {} : { tools, rejected_tools: tools }),
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
