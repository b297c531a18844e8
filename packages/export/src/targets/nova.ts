import type { JsonObject, Message } from "@dpo-kit/schema";
import type { ExportNotes } from "../export-notes.ts";
import type { ExportTarget } from "../export-target.ts";
import { plainTextLosses, plainTextOmissions } from "../messages/loss-lists.ts";
import { contentTexts } from "../messages/message-content.ts";
import { loseTools, pairParts, refuseEqual, splitSystem } from "../messages/pair-parts.ts";
import { requireTextOnly } from "../messages/text-only.ts";

/** Amazon Nova: the last turn holds both answers, each with its label. */
export const nova: ExportTarget = {
  id: "nova",
  title: "Amazon Nova (SageMaker)",
  trainer: "DPO of Amazon Nova 1.0 on SageMaker",
  shape:
    '{"system":[{"text":"…"}],"messages":[{"role":"user","content":[{"text":"…"}]},{"role":"assistant","candidates":[{"content":[…],"preferenceLabel":"preferred"},…]}]}',
  keeps: "all turns and the system message, as text in parts",
  source: { url: "https://docs.aws.amazon.com/nova/latest/userguide/nova-dpo.html", date: "2026-11-23" },
  losses: [...plainTextLosses, "EXPORT_LOSES_TOOLS", "EXPORT_LOSES_SYSTEM_TURNS"],
  omissions: [...plainTextOmissions, "EXPORT_OMITS_SYSTEM_TURNS"],
  notes: ["1,000 pairs or more are advised."],
  rows(example, notes) {
    const { messages, preferred, nonPreferred } = pairParts(example, notes);
    const { system, turns } = splitSystem(messages, notes);
    loseTools(example, notes);
    requireTextOnly([...messages, preferred, nonPreferred], notes);
    const better = { content: contentOf([preferred], notes), preferenceLabel: "preferred" };
    const worse = { content: contentOf([nonPreferred], notes), preferenceLabel: "non-preferred" };
    refuseEqual(contentTexts(preferred, notes).join(""), contentTexts(nonPreferred, notes).join(""), notes);
    return [
      {
        ...(system.length === 0 ? {} : { system: contentOf(system, notes) }),
        messages: [
          ...turns.map((turn) => ({ role: turn.role, content: contentOf([turn], notes) })),
          { role: "assistant", candidates: [better, worse] },
        ],
      },
    ];
  },
};

function contentOf(messages: readonly Message[], notes: ExportNotes): JsonObject[] {
  return messages.flatMap((message) => contentTexts(message, notes)).map((text) => ({ text }));
}
