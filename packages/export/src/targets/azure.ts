import type { JsonObject } from "@dpo-kit/schema";
import type { ExportTarget } from "../export-target.ts";
import { requireTakenBy } from "../messages/taken-by.ts";

/** Azure OpenAI: OpenAI's line; the documentation asks for a byte order mark, which its own sample does without. */
export const azure: ExportTarget = {
  id: "azure",
  title: "Azure OpenAI",
  trainer: "preference fine-tuning in Microsoft Foundry",
  shape: "OpenAI's line; with --byte-order-mark the file begins with a byte order mark",
  keeps: "everything, byte for byte",
  source: {
    url: "https://learn.microsoft.com/azure/foundry/openai/how-to/fine-tuning-direct-preference-optimization",
    date: "2026-11-23",
  },
  losses: [],
  omissions: [],
  notes: [
    "--byte-order-mark writes the byte order mark that the documentation asks for; Microsoft's own sample has none, and trains.",
  ],
  startsWithByteOrderMark: ({ byteOrderMark = false }) => byteOrderMark,
  rows(example, notes) {
    requireTakenBy("azure", example, notes);
    return [example as unknown as JsonObject];
  },
};
