import type { ChatSummary, ConversionResult } from "@dpo-kit/pipeline";
import { countOf, formatCount } from "../terminal/quantities.ts";
import { formatTable } from "../terminal/table.ts";
import type { TextStyle } from "../terminal/terminal.ts";

/** What was found in chat logs: what people said in them, what made pairs, and what could make more. */
export function chatLines({ chat }: ConversionResult, { width }: TextStyle): string[] {
  if (chat === undefined) {
    return [];
  }
  const rows = [
    [
      "chat logs",
      `${countOf(chat.conversations, "conversation")}, ${countOf(chat.branchPoints, "branch point")}`,
    ],
    ["judgements", listed(chat.judgements) || "none"],
    ["pairs by", listed(chat.pairs) || "none"],
    ...joinRows(chat),
    ...(chat.undecided.size === 0 ? [] : [["undecided", listed(chat.undecided)]]),
    ...switchedOffRows(chat),
    ...loneRows(chat),
    ...(chat.filesLeftOut.size === 0 ? [] : [["files left out", listed(chat.filesLeftOut)]]),
  ];
  return formatTable(rows, { width });
}

function listed(counts: ReadonlyMap<string, number>): string {
  return [...counts].map(([name, count]) => `${name} ${formatCount(count)}`).join(", ");
}

function joinRows({ joins }: ChatSummary): string[][] {
  return [...joins]
    .filter(([, { entries }]) => entries > 0)
    .map(([kind, { entries, joined }]) => [
      "joined",
      `${formatCount(joined)} of ${formatCount(entries)} entries of ${kind}`,
    ]);
}

function switchedOffRows({ switchedOff }: ChatSummary): string[][] {
  return [...switchedOff].map(([signal, count]) => [
    "switched off",
    `${signal} would make ${countOf(count, "pair")}: --signals default,${signal}`,
  ]);
}

function loneRows({ loneThumbs, loneScores }: ChatSummary): string[][] {
  return [
    ...(loneThumbs === 0
      ? []
      : [
          [
            "unpaired",
            `${countOf(loneThumbs, "thumb")} made no pair: --unpaired writes ${loneThumbs === 1 ? "it" : "them"} for KTO`,
          ],
        ]),
    ...(loneScores === 0
      ? []
      : [["unpaired", `${countOf(loneScores, "score")} on answers beside which none has one`]]),
  ];
}
