import type { ExportTarget } from "../export-target.ts";
import { plainTextLosses, plainTextOmissions } from "../messages/loss-lists.ts";
import { loseTools } from "../messages/pair-parts.ts";
import { plainPair } from "../messages/plain-pair.ts";

/** TRL's standard form: plain text, to which no chat template is applied. */
export const trlStandard: ExportTarget = {
  id: "trl-standard",
  title: "TRL, plain text",
  trainer: "DPOTrainer of TRL, for models without a chat template",
  shape: '{"prompt":"…","chosen":"…","rejected":"…"}',
  keeps: "one user's turn and two answers, as text",
  source: { url: "https://huggingface.co/docs/trl/dataset_formats", date: "2026-11-23" },
  losses: [...plainTextLosses.filter((code) => code !== "EXPORT_LOSES_WEIGHTS"), "EXPORT_LOSES_TOOLS"],
  omissions: [...plainTextOmissions, "EXPORT_OMITS_CONVERSATIONS"],
  notes: ["TRL appends the end token to the answers, and nothing else."],
  columns: () => [
    { name: "prompt", type: "string" },
    { name: "chosen", type: "string" },
    { name: "rejected", type: "string" },
  ],
  rows(example, notes) {
    const { prompt, chosen, rejected } = plainPair(example, "none", notes);
    loseTools(example, notes);
    if (prompt.length !== 1 || prompt[0]!.role !== "user") {
      notes.leaveOut("EXPORT_OMITS_CONVERSATIONS");
    }
    return [{ prompt: prompt[0]!.content!, chosen: chosen.content!, rejected: rejected.content! }];
  },
};
