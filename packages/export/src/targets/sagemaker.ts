import type { ExportTarget } from "../export-target.ts";
import { plainTextLosses, plainTextOmissions } from "../messages/loss-lists.ts";
import { loseTools, splitSystem } from "../messages/pair-parts.ts";
import { plainPair } from "../messages/plain-pair.ts";

/** Amazon SageMaker AI's customization of open models: two whole conversations. */
export const sagemaker: ExportTarget = {
  id: "sagemaker",
  title: "Amazon SageMaker AI (open models)",
  trainer: "DPO of SageMaker AI model customization",
  shape: '{"chosen":[…,A],"rejected":[…,B]}',
  keeps: "all turns and the system message, as text",
  source: {
    url: "https://docs.aws.amazon.com/sagemaker/latest/dg/customizing-models-dpo.html",
    date: "2026-11-23",
  },
  losses: [...plainTextLosses, "EXPORT_LOSES_TOOLS"],
  omissions: [...plainTextOmissions, "EXPORT_OMITS_SYSTEM_TURNS"],
  notes: ["The system message stands first, the same in both conversations."],
  rows(example, notes) {
    const { prompt, chosen, rejected } = plainPair(example, "none", notes);
    loseTools(example, notes);
    if (splitSystem(example.input.messages, notes).system.length > 1) {
      notes.leaveOut("EXPORT_OMITS_SYSTEM_TURNS");
    }
    return [{ chosen: [...prompt, chosen], rejected: [...prompt, rejected] }];
  },
};
