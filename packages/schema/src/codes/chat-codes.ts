import type { CodeDefinition } from "./definition.ts";

/** Codes of chat logs. */
export type ChatCode =
  | "CHAT_NO_PREFERENCES"
  | "CHAT_ANSWERS_CUT"
  | "CHAT_SIDECAR_ALONE"
  | "CHAT_RECORD_UNREADABLE";

export const chatCodes: Record<ChatCode, CodeDefinition> = {
  CHAT_NO_PREFERENCES: {
    kind: "refusal",
    severity: "error",
    title: "This format of chat logs holds no preferences",
    meaning: "It was recognised, and nothing in such files says that one answer is better than another.",
    fix: "Export from a place where answers were rated, compared or corrected.",
    example:
      '{"messages":[{"role":"user","content":"Hi"},{"role":"assistant","content":"Hello","weight":1}]}',
    source: "packages/chat/README.md",
  },
  CHAT_ANSWERS_CUT: {
    kind: "refusal",
    severity: "error",
    title: "The export cuts answers short",
    meaning:
      "It holds ratings, and of longer answers only the beginning: a model would be taught to stop there.",
    fix: "Get the whole messages, and give them beside this file: its ratings are joined to them by id.",
    example:
      '{"export_info":{"data_source":"dify_feedback_export"},"feedback_data":[{"ai_response":"Once ..."}]}',
    source: "https://github.com/langgenius/dify/blob/main/api/services/feedback_service.py",
  },
  CHAT_SIDECAR_ALONE: {
    kind: "refusal",
    severity: "error",
    title: "The ratings are here, the messages they speak of are not",
    meaning:
      "The file names messages by their ids only; their texts stand in another file of the same export.",
    fix: "Give the whole export: its folder, its ZIP, or both files.",
    example: '[{"id":"a1","conversation_id":"c-1","rating":"thumbs_up"}]',
    source: "packages/chat/README.md",
  },
  CHAT_RECORD_UNREADABLE: {
    kind: "rejected",
    severity: "error",
    title: "A record is not laid out as this format lays them out",
    meaning: "The file is of the format, this record of it is not: it is a list, a text, a number or null.",
    fix: "Look whether the file was damaged; remove the record if it says nothing.",
    example: '["a","b"]',
    source: "packages/chat/README.md",
  },
};
