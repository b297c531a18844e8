import type { ExportTarget } from "../export-target.ts";
import { plainTextLosses } from "../messages/loss-lists.ts";
import { plainContent } from "../messages/message-content.ts";
import { bareToolsText, pairParts, refuseEqual, splitSystem } from "../messages/pair-parts.ts";
import { noteMembers } from "../messages/plain-message.ts";
import { shareGptTurn, shareGptTurns } from "../messages/share-gpt-turns.ts";
import { datasetInfo } from "../rows/dataset-info.ts";

/** LLaMA-Factory's ShareGPT form for preferences, with the dataset_info.json that says `"ranking": true`. */
export const llamaFactory: ExportTarget = {
  id: "llama-factory",
  aliases: ["sharegpt"],
  title: "LLaMA-Factory, ShareGPT",
  trainer: "LLaMA-Factory with stage: dpo",
  shape:
    '{"conversations":[{"from":"human","value":"…"}],"system":"…","tools":"[…]","chosen":{"from":"gpt","value":"A"},"rejected":{…}}',
  keeps: "all turns, the system message, tools, calls and their results",
  source: {
    url: "https://github.com/hiyouga/LLaMA-Factory/blob/main/data/README.md",
    date: "2026-11-23",
  },
  losses: [
    ...plainTextLosses,
    "EXPORT_LOSES_ARGUMENT_TEXT",
    "EXPORT_LOSES_CALL_IDS",
    "EXPORT_LOSES_CALL_TEXT",
    "EXPORT_LOSES_RESULT_TURNS",
    "EXPORT_LOSES_SYSTEM_TURNS",
  ],
  omissions: [
    "EXPORT_OMITS_FUNCTIONS",
    "EXPORT_OMITS_ARGUMENTS",
    "EXPORT_OMITS_SYSTEM_TURNS",
    "EXPORT_OMITS_TURN_ORDER",
    "EXPORT_OMITS_EQUAL_ANSWERS",
  ],
  notes: [
    'dataset_info.json is written beside the files: dataset_dir is the folder, dataset is dpo_train. Without "ranking": true the file would be read as supervised data.',
    "An odd number of turns, human and observation at odd places, gpt and function_call at even ones: other rows LLaMA-Factory skips, so they are left out here, counted.",
  ],
  rows(example, notes) {
    const { messages, preferred, nonPreferred } = pairParts(example, notes);
    const { system, turns } = splitSystem(messages, notes);
    for (const message of system) {
      noteMembers(message, notes);
    }
    const conversations = shareGptTurns(turns, notes);
    if (!alternates(conversations.map(({ from }) => from as string))) {
      notes.leaveOut("EXPORT_OMITS_TURN_ORDER");
    }
    const [chosen, rejected] = [shareGptTurn(preferred, notes), shareGptTurn(nonPreferred, notes)];
    refuseEqual(chosen.value as string, rejected.value as string, notes);
    return [
      {
        conversations,
        // Both stand in every row: a column that is only in some would be another type to the loader.
        system: system.map((message) => plainContent(message, notes)).join("\n"),
        tools: bareToolsText(example) ?? "",
        chosen,
        rejected,
      },
    ];
  },
  sideFiles: (files) => [
    datasetInfo(files, {
      formatting: "sharegpt",
      columns: {
        messages: "conversations",
        system: "system",
        tools: "tools",
        chosen: "chosen",
        rejected: "rejected",
      },
    }),
  ],
};

const asking: ReadonlySet<string> = new Set(["human", "observation"]);

/** Whether an asking turn is first and last, and each is followed by one that answers. */
function alternates(roles: readonly string[]): boolean {
  return roles.length % 2 === 1 && roles.every((role, index) => asking.has(role) === (index % 2 === 0));
}
