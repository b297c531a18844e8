import type { ExportTarget } from "../export-target.ts";
import { plainCallLosses, plainCallOmissions } from "../messages/loss-lists.ts";
import { toolsText } from "../messages/pair-parts.ts";
import { plainPair } from "../messages/plain-pair.ts";
import { tableColumns, tableRow } from "../rows/table-messages.ts";

/** Unpaired preferences: each answer by itself, good or bad. */
export const kto: ExportTarget = {
  id: "kto",
  aliases: ["trl-unpaired"],
  title: "TRL, unpaired (KTO)",
  trainer: "KTOTrainer of TRL",
  shape: '{"prompt":[…],"completion":[A],"label":true}, and the same of B with false',
  keeps: "all turns, system messages, tools, calls and their results",
  source: { url: "https://huggingface.co/docs/trl/kto_trainer", date: "2026-11-23" },
  losses: ["EXPORT_LOSES_PAIRING", ...plainCallLosses, "EXPORT_LOSES_ARGUMENT_TYPE"],
  byDesign: ["EXPORT_LOSES_PAIRING"],
  omissions: [...plainCallOmissions, "EXPORT_OMITS_REPEATED"],
  isWithoutRepeats: true,
  notes: ["Two rows a pair; an answer that stands in several pairs with the same label gives one row."],
  columns: (members) =>
    tableColumns(members, {
      lists: ["prompt", "completion"],
      others: [
        { name: "label", type: "bool" },
        { name: "tools", type: "string" },
      ],
    }),
  tableRow,
  rows(example, notes) {
    notes.lose("EXPORT_LOSES_PAIRING");
    const { prompt, chosen, rejected } = plainPair(example, "objects", notes);
    const tools = toolsText(example);
    const beside = tools === undefined ? {} : { tools };
    return [
      { prompt, completion: [chosen], label: true, ...beside },
      { prompt, completion: [rejected], label: false, ...beside },
    ];
  },
};
