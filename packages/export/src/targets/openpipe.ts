import type { AssistantMessage, JsonObject, Message } from "@dpo-kit/schema";
import type { ExportNotes } from "../export-notes.ts";
import type { ExportTarget } from "../export-target.ts";
import { pairParts, refuseEqual } from "../messages/pair-parts.ts";

/** OpenPipe: OpenAI's messages, and the worse answer beside them. */
export const openpipe: ExportTarget = {
  id: "openpipe",
  title: "OpenPipe",
  trainer: "OpenPipe's preference tuning",
  shape: '{"messages":[…,A],"tools":[…],"rejected_message":B}',
  keeps: "messages as they stand, tools, calls and their results",
  source: { url: "https://docs.openpipe.ai/features/datasets/uploading-data", date: "2026-11-23" },
  losses: ["EXPORT_LOSES_PARALLEL_CALLS", "EXPORT_LOSES_WEIGHTS"],
  omissions: ["EXPORT_OMITS_EQUAL_ANSWERS"],
  notes: ["500 rows or more are advised."],
  rows(example, notes) {
    const { messages, preferred, nonPreferred } = pairParts(example, notes);
    refuseEqual(preferred as unknown as JsonObject, nonPreferred as unknown as JsonObject, notes);
    const { tools = [] } = example.input;
    return [
      {
        messages: [...messages.map((message) => withoutWeight(message, notes)), preferred],
        ...(tools.length === 0 ? {} : { tools }),
        rejected_message: nonPreferred,
      } as unknown as JsonObject,
    ];
  },
};

/** Preference tuning trains the last turn only. */
function withoutWeight(message: Message, notes: ExportNotes): Message {
  const { weight, ...rest } = message as AssistantMessage;
  if (weight !== undefined) {
    notes.lose("EXPORT_LOSES_WEIGHTS");
  }
  return weight === undefined ? message : rest;
}
