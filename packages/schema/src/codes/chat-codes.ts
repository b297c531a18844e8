import type { CodeDefinition } from "./definition.ts";

/** Codes of chat logs. */
export type ChatCode =
  | "CHAT_NO_PREFERENCES"
  | "CHAT_ANSWERS_CUT"
  | "CHAT_SIDECAR_ALONE"
  | "CHAT_RECORD_UNREADABLE"
  | "CHAT_FILE_CUT"
  | "CHAT_FIELDS_UNKNOWN"
  | "CHAT_RANKS_LOST"
  | "CHAT_LINE_BREAKS_LOST";

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
  CHAT_FILE_CUT: {
    kind: "malformed",
    severity: "error",
    title: "The file ends inside a value",
    meaning:
      "It was cut short, as by a download or a copy that was interrupted. All that is complete before was read; what is " +
      "missing behind it is not known.",
    fix: "Export or download the file again.",
    example: '[{"id":"c-1","mapping":{}},{"id":"c-2","mapp',
    source: "https://www.rfc-editor.org/rfc/rfc8259",
  },
  CHAT_FIELDS_UNKNOWN: {
    kind: "rejected",
    severity: "error",
    title: "Which fields of the task are the prompt and the answers is not known",
    meaning:
      "The export holds the choice of an annotator, but not the configuration that says which field is what, and the " +
      "names of the fields do not tell.",
    fix: "Name them, the prompt first and then the answers in the order in which they were shown: --task-fields question,left_text,right_text.",
    example:
      '{"data":{"x":"Hi","y":"Yo","z":"Hello"},"annotations":[{"result":[{"type":"pairwise","value":{"selected":"left"}}]}]}',
    source: "https://labelstud.io/tags/pairwise.html",
  },
  CHAT_RANKS_LOST: {
    kind: "note",
    severity: "warning",
    title: "The export holds the order of the answers, not their ranks",
    meaning:
      "Answers that were ranked alike look as if one were better: Argilla 2 writes the names of the answers in order and " +
      "leaves out the numbers. It also leaves out whether a response was submitted or is a draft.",
    fix: "Where ties matter, get the responses from Argilla's API, which has the ranks, before the records are exported.",
    example: '{"fields":{"prompt":"Hi","a":"Yo","b":"Hello"},"responses":{"ranking":[{"value":["b","a"]}]}}',
    source: "https://docs.argilla.io/latest/reference/argilla/records/responses/",
  },
  CHAT_LINE_BREAKS_LOST: {
    kind: "note",
    severity: "warning",
    title: "The export has replaced the line breaks in the answers with spaces",
    meaning:
      "Lists, code and paragraphs of the answers run into one line, in which a model would learn to write.",
    fix: "Export the chats as JSON: it keeps the line breaks.",
    example: "id,workspace,prompt,response,sent_at,username,rating",
    source:
      "https://github.com/Mintplex-Labs/anything-llm/blob/master/server/utils/helpers/chat/convertTo.js",
  },
};
