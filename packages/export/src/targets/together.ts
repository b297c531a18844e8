import type { JsonObject } from "@dpo-kit/schema";
import type { ExportTarget } from "../export-target.ts";
import { withSpokenContent } from "../messages/spoken-content.ts";
import { requireTakenBy } from "../messages/taken-by.ts";

/** Together AI: OpenAI's line, with a text in every message and roles in turn. */
export const together: ExportTarget = {
  id: "together",
  title: "Together AI",
  trainer: "preference fine-tuning of Together AI",
  shape: "OpenAI's line, with no content of null",
  keeps: "everything but null; calls and refusals as its rules allow",
  source: { url: "https://docs.together.ai/docs/fine-tuning/preference-tuning", date: "2026-11-23" },
  losses: ["EXPORT_LOSES_NULL_CONTENT", "EXPORT_LOSES_REFUSALS", "EXPORT_LOSES_CONTENT_PARTS"],
  omissions: ["EXPORT_OMITS_EQUAL_ANSWERS"],
  rows(example, notes) {
    const filled = withSpokenContent(example, notes);
    requireTakenBy("together", filled, notes);
    return [filled as unknown as JsonObject];
  },
};
