import type { ExportTarget } from "../export-target.ts";
import { plainCallLosses, plainCallOmissions } from "../messages/loss-lists.ts";
import { toolsText } from "../messages/pair-parts.ts";
import { plainPair } from "../messages/plain-pair.ts";
import { tableColumns, tableRow } from "../rows/table-messages.ts";

/** TRL's conversational form with an explicit prompt, which its DPO trainer asks for. */
export const trl: ExportTarget = {
  id: "trl",
  aliases: ["trl-explicit", "unsloth"],
  title: "TRL, conversational with explicit prompt",
  trainer: "DPOTrainer of TRL, Unsloth",
  shape: '{"prompt":[…],"chosen":[A],"rejected":[B],"tools":"[…]"}',
  keeps: "all turns, system messages, tools, calls and their results",
  source: { url: "https://huggingface.co/docs/trl/dataset_formats", date: "2026-11-23" },
  losses: [...plainCallLosses, "EXPORT_LOSES_ARGUMENT_TYPE"],
  omissions: plainCallOmissions,
  notes: [
    "Arguments of calls are objects, as chat templates take them; tools are JSON text, which TRL parses, since a column has one type.",
    "datasets 4.0 pads arguments of different functions with null where it reads JSON Lines (4.8 and 5.2 do not), and reads numbers past the range of a float, as 1e400, as null: --parquet keeps arguments as text.",
    "datasets takes the types of JSON Lines from the first 10 MB: where tools or calls first stand further back, it fails, and --parquet helps.",
    "TRL cuts at max_length 1024 unless told otherwise, and drops rows whose prompt alone fills it.",
  ],
  columns: (members) =>
    tableColumns(members, {
      lists: ["prompt", "chosen", "rejected"],
      others: [{ name: "tools", type: "string" }],
    }),
  tableRow,
  rows(example, notes) {
    const { prompt, chosen, rejected } = plainPair(example, "objects", notes);
    const tools = toolsText(example);
    return [{ prompt, chosen: [chosen], rejected: [rejected], ...(tools === undefined ? {} : { tools }) }];
  },
};
