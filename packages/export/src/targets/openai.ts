import type { JsonObject } from "@dpo-kit/schema";
import type { ExportTarget } from "../export-target.ts";
import { requireTakenBy } from "../messages/taken-by.ts";

/** OpenAI's preference line: the canonical line itself. */
export const openai: ExportTarget = {
  id: "openai",
  title: "OpenAI",
  trainer: "preference fine-tuning of OpenAI",
  shape:
    '{"input":{"messages":[…],"tools":[],"parallel_tool_calls":true},"preferred_output":[A],"non_preferred_output":[B]}',
  keeps: "everything, byte for byte",
  source: {
    url: "https://developers.openai.com/api/docs/guides/direct-preference-optimization",
    date: "2026-11-23",
  },
  losses: [],
  omissions: [],
  notes: ["OpenAI takes no new fine-tuning jobs after 2027-01-06."],
  rows(example, notes) {
    requireTakenBy("openai", example, notes);
    return [example as unknown as JsonObject];
  },
};
