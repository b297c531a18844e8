import type { ExportTarget } from "../export-target.ts";
import { plainCallLosses, plainCallOmissions } from "../messages/loss-lists.ts";
import { toolsText } from "../messages/pair-parts.ts";
import { plainPair } from "../messages/plain-pair.ts";
import { tableColumns, tableRow } from "../rows/table-messages.ts";

/** TRL's conversational form without a prompt of its own: two whole conversations. */
export const trlImplicit: ExportTarget = {
  id: "trl-implicit",
  aliases: ["torchtune"],
  title: "TRL, conversational with implicit prompt",
  trainer: "RewardTrainer of TRL, torchtune",
  shape: '{"chosen":[…,A],"rejected":[…,B],"tools":"[…]"}',
  keeps: "all turns, system messages, tools, calls and their results",
  source: { url: "https://huggingface.co/docs/trl/dataset_formats", date: "2026-11-23" },
  losses: [...plainCallLosses, "EXPORT_LOSES_ARGUMENT_TYPE"],
  omissions: plainCallOmissions,
  notes: [
    "The prompt is what both conversations begin with in common; DPO trainers do better with trl, where it is explicit.",
    "torchtune trains earlier turns of the assistant too, in both conversations.",
  ],
  columns: (members) =>
    tableColumns(members, { lists: ["chosen", "rejected"], others: [{ name: "tools", type: "string" }] }),
  tableRow,
  rows(example, notes) {
    const { prompt, chosen, rejected } = plainPair(example, "objects", notes);
    const tools = toolsText(example);
    return [
      {
        chosen: [...prompt, chosen],
        rejected: [...prompt, rejected],
        ...(tools === undefined ? {} : { tools }),
      },
    ];
  },
};
