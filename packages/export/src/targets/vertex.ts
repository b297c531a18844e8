import type { JsonObject, Message } from "@dpo-kit/schema";
import type { ExportNotes } from "../export-notes.ts";
import type { ExportTarget } from "../export-target.ts";
import { plainTextLosses, plainTextOmissions } from "../messages/loss-lists.ts";
import { contentTexts } from "../messages/message-content.ts";
import { loseTools, pairParts, refuseEqual, splitSystem } from "../messages/pair-parts.ts";
import { requireTextOnly } from "../messages/text-only.ts";

/** Google's preference tuning of Gemini: contents in parts, and two completions with a score of 1 and 0. */
export const vertex: ExportTarget = {
  id: "vertex",
  aliases: ["gemini"],
  title: "Google Vertex AI (Gemini)",
  trainer: "preference tuning of Gemini on Vertex AI",
  shape:
    '{"system_instruction":{"parts":[…]},"contents":[{"role":"user","parts":[{"text":"…"}]}],"completions":[{"score":1,"completion":A},{"score":0,"completion":B}]}',
  keeps: "all turns and the system message, as text in parts",
  source: {
    url: "https://docs.cloud.google.com/vertex-ai/generative-ai/docs/models/preference-tuning-prepare",
    date: "2026-11-23",
  },
  losses: [...plainTextLosses, "EXPORT_LOSES_TOOLS", "EXPORT_LOSES_SYSTEM_TURNS"],
  omissions: [...plainTextOmissions, "EXPORT_OMITS_SYSTEM_TURNS"],
  notes: [
    "The contents end with the user. Bad rows are dropped by the service, not refused: read dropped_example_indices of the job.",
  ],
  rows(example, notes) {
    const { messages, preferred, nonPreferred } = pairParts(example, notes);
    const { system, turns } = splitSystem(messages, notes);
    loseTools(example, notes);
    requireTextOnly([...messages, preferred, nonPreferred], notes);
    refuseEqual(contentTexts(preferred, notes).join(""), contentTexts(nonPreferred, notes).join(""), notes);
    return [
      {
        ...(system.length === 0 ? {} : { system_instruction: { parts: partsOf(system, notes) } }),
        contents: turns.map((turn) => turnOf(turn, notes)),
        completions: [
          { score: 1, completion: turnOf(preferred, notes) },
          { score: 0, completion: turnOf(nonPreferred, notes) },
        ],
      },
    ];
  },
};

function turnOf(message: Message, notes: ExportNotes): JsonObject {
  const role = message.role === "assistant" ? "model" : message.role;
  return { role, parts: partsOf([message], notes) };
}

function partsOf(messages: readonly Message[], notes: ExportNotes): JsonObject[] {
  return messages.flatMap((message) => contentTexts(message, notes)).map((text) => ({ text }));
}
