import type { AssistantMessage, DpoExample, JsonObject, Message } from "@dpo-kit/schema";
import type { ExportOptions, ExportTarget } from "../export-target.ts";

/** Supervised chat: the prompt with the preferred answer. */
export const sft: ExportTarget = {
  id: "sft",
  aliases: ["openai-sft"],
  title: "Supervised chat (OpenAI)",
  trainer: "supervised fine-tuning of OpenAI, Azure, Together, Fireworks; SFTTrainer of TRL",
  shape: '{"messages":[…,A],"tools":[…],"parallel_tool_calls":true}',
  keeps: "the preferred answer as it stands, and all of the input",
  source: {
    url: "https://developers.openai.com/api/docs/guides/supervised-fine-tuning",
    date: "2026-11-23",
  },
  losses: ["EXPORT_LOSES_OTHER_ANSWER"],
  byDesign: ["EXPORT_LOSES_OTHER_ANSWER"],
  omissions: ["EXPORT_OMITS_REPEATED"],
  isWithoutRepeats: true,
  notes: [
    "A preferred answer that stands in several pairs of its prompt is written once.",
    "--last-turn-only gives earlier turns of the assistant weight 0, so that only the preferred answer is trained.",
  ],
  rows(example, notes, options) {
    notes.lose("EXPORT_LOSES_OTHER_ANSWER");
    return [supervisedRow(example, options)];
  },
};

function supervisedRow(example: DpoExample, { lastTurnOnly = false }: ExportOptions): JsonObject {
  const { messages, tools = [], parallel_tool_calls: parallel } = example.input;
  const turns = lastTurnOnly ? messages.map(untrained) : messages;
  const hasTools = tools.length > 0;
  return {
    messages: [...turns, example.preferred_output[0]!],
    ...(hasTools ? { tools } : {}),
    // Beside no tools it says nothing at its default, and services refuse it in requests.
    ...(parallel !== undefined && (hasTools || !parallel) ? { parallel_tool_calls: parallel } : {}),
  } as unknown as JsonObject;
}

function untrained(message: Message): Message {
  return message.role === "assistant" ? { ...(message as AssistantMessage), weight: 0 } : message;
}
