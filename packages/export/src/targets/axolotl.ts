import type { ExportTarget } from "../export-target.ts";
import { plainTextLosses, plainTextOmissions } from "../messages/loss-lists.ts";
import { loseTools } from "../messages/pair-parts.ts";
import { plainPair } from "../messages/plain-pair.ts";

/** Axolotl's `chat_template.default`, which copies role and content of messages and nothing else. */
export const axolotl: ExportTarget = {
  id: "axolotl",
  title: "Axolotl, chat_template.default",
  trainer: "Axolotl with rl: dpo and type: chat_template.default",
  shape: '{"messages":[…],"chosen":A,"rejected":B}',
  keeps: "all turns and system messages, as text",
  source: { url: "https://docs.axolotl.ai/docs/rlhf.html", date: "2026-11-23" },
  losses: [...plainTextLosses, "EXPORT_LOSES_TOOLS"],
  omissions: plainTextOmissions,
  notes: ["Answers are one message each: of a list Axolotl takes the last message."],
  rows(example, notes) {
    const { prompt: messages, chosen, rejected } = plainPair(example, "none", notes);
    loseTools(example, notes);
    return [{ messages, chosen, rejected }];
  },
};
