import type { ExportTarget } from "../export-target.ts";
import { plainTextLosses, plainTextOmissions } from "../messages/loss-lists.ts";
import { loseTools } from "../messages/pair-parts.ts";
import { plainPair } from "../messages/plain-pair.ts";

/** NVIDIA NeMo RL: ranked completions, of which the lowest rank is the best. */
export const nemoRl: ExportTarget = {
  id: "nemo-rl",
  aliases: ["nemo"],
  title: "NVIDIA NeMo RL",
  trainer: "DPO of NeMo RL, PreferenceDataset",
  shape: '{"context":[…],"completions":[{"rank":0,"completion":[A]},{"rank":1,"completion":[B]}]}',
  keeps: "all turns and system messages, as text",
  source: { url: "https://github.com/NVIDIA-NeMo/RL/blob/main/docs/guides/dpo.md", date: "2026-11-23" },
  losses: [...plainTextLosses, "EXPORT_LOSES_TOOLS"],
  omissions: plainTextOmissions,
  notes: ["Rank 0 is the better answer: it is a rank, not a score."],
  rows(example, notes) {
    const { prompt: context, chosen, rejected } = plainPair(example, "none", notes);
    loseTools(example, notes);
    const completions = [
      { rank: 0, completion: [chosen] },
      { rank: 1, completion: [rejected] },
    ];
    return [{ context, completions }];
  },
};
