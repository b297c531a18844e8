import type { JsonObject, Message } from "@dpo-kit/schema";
import type { ExportNotes } from "../export-notes.ts";
import type { ExportTarget } from "../export-target.ts";
import { plainTextLosses, plainTextOmissions } from "../messages/loss-lists.ts";
import { plainContent } from "../messages/message-content.ts";
import { loseTools, pairParts, refuseEqual, splitSystem } from "../messages/pair-parts.ts";
import { requireTextOnly } from "../messages/text-only.ts";
import { datasetInfo } from "../rows/dataset-info.ts";

/** LLaMA-Factory's Alpaca form for preferences: texts, and earlier turns as a history of exchanges. */
export const llamaFactoryAlpaca: ExportTarget = {
  id: "llama-factory-alpaca",
  aliases: ["alpaca"],
  title: "LLaMA-Factory, Alpaca",
  trainer: "LLaMA-Factory with stage: dpo",
  shape: '{"instruction":"…","input":"","system":"…","history":[["…","…"]],"chosen":"A","rejected":"B"}',
  keeps: "all turns and the system message, as text",
  source: {
    url: "https://github.com/hiyouga/LLaMA-Factory/blob/main/data/README.md",
    date: "2026-11-23",
  },
  losses: [...plainTextLosses, "EXPORT_LOSES_TOOLS", "EXPORT_LOSES_SYSTEM_TURNS"],
  omissions: [...plainTextOmissions, "EXPORT_OMITS_SYSTEM_TURNS", "EXPORT_OMITS_TURN_ORDER"],
  notes: ["dataset_info.json is written beside the files: dataset_dir is the folder, dataset is dpo_train."],
  rows(example, notes) {
    const { messages, preferred, nonPreferred } = pairParts(example, notes);
    const { system, turns } = splitSystem(messages, notes);
    requireTextOnly([...messages, preferred, nonPreferred], notes);
    loseTools(example, notes);
    const history = exchangesOf(turns.slice(0, -1), notes);
    const [chosen, rejected] = [plainContent(preferred, notes), plainContent(nonPreferred, notes)];
    refuseEqual(chosen, rejected, notes);
    const row: JsonObject = {
      instruction: plainContent(turns.at(-1)!, notes),
      input: "",
      system: system.map((message) => plainContent(message, notes)).join("\n"),
    };
    return [{ ...row, ...(history.length === 0 ? {} : { history }), chosen, rejected }];
  },
  sideFiles: (files) => [
    datasetInfo(files, {
      formatting: "alpaca",
      columns: {
        prompt: "instruction",
        query: "input",
        system: "system",
        history: "history",
        chosen: "chosen",
        rejected: "rejected",
      },
    }),
  ],
};

/** Earlier turns as pairs of a question and its answer. */
function exchangesOf(turns: readonly Message[], notes: ExportNotes): string[][] {
  const exchanges: string[][] = [];
  for (let at = 0; at < turns.length; at += 2) {
    const [question, answer] = [turns[at]!, turns[at + 1]];
    if (question.role !== "user" || answer?.role !== "assistant") {
      notes.leaveOut("EXPORT_OMITS_TURN_ORDER");
      return [];
    }
    exchanges.push([plainContent(question, notes), plainContent(answer, notes)]);
  }
  return exchanges;
}
