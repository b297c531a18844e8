import type { BareFormat } from "../chat-format.ts";

/** Stories of KoboldAI Lite and KoboldCpp. */
export const koboldAi: BareFormat = {
  id: "kobold-ai",
  title: "a KoboldAI story",
  reason: "it is one text in pieces; the tries that were not kept are not saved.",
  advice:
    "Use SillyTavern with KoboldCpp instead, which saves the other tries as swipes, and convert its chats.",
  detect: ({ values }) =>
    values.some(({ gamestarted, actions }) => typeof gamestarted === "boolean" && Array.isArray(actions)),
};
