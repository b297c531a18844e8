import type { DpoExample, JsonObject } from "@dpo-kit/schema";
import type { ExportTarget } from "../export-target.ts";
import { loseTools } from "../messages/pair-parts.ts";
import { withSpokenContent } from "../messages/spoken-content.ts";
import { requireTakenBy } from "../messages/taken-by.ts";

/** Fireworks AI: OpenAI's line with one turn of the user, and no tools. */
export const fireworks: ExportTarget = {
  id: "fireworks",
  title: "Fireworks AI",
  trainer: "preference fine-tuning of Fireworks AI",
  shape: "OpenAI's line, with one user's turn and no tools",
  keeps: "the system message, one user's turn and the answers, as they stand",
  source: { url: "https://docs.fireworks.ai/fine-tuning/dpo-fine-tuning", date: "2026-11-23" },
  losses: [
    "EXPORT_LOSES_TOOLS",
    "EXPORT_LOSES_NULL_CONTENT",
    "EXPORT_LOSES_REFUSALS",
    "EXPORT_LOSES_CONTENT_PARTS",
  ],
  omissions: ["EXPORT_OMITS_TOOL_CALLS", "EXPORT_OMITS_EQUAL_ANSWERS"],
  notes: ["Its loader drops tools without a word, so they are left out here, counted."],
  rows(example, notes) {
    const spoken = withSpokenContent(example, notes);
    const isBare = (spoken.input.tools ?? []).length === 0;
    const bare: DpoExample = isBare ? spoken : { ...spoken, input: { ...spoken.input, tools: [] } };
    loseTools(example, notes);
    const answers = [...example.preferred_output, ...example.non_preferred_output];
    if (answers.some((answer) => answer.tool_calls !== undefined)) {
      notes.leaveOut("EXPORT_OMITS_TOOL_CALLS");
    }
    requireTakenBy("fireworks", bare, notes);
    return [bare as unknown as JsonObject];
  },
};
