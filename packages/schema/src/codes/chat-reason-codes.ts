import type { CodeDefinition } from "./definition.ts";

/** Codes of what chat logs hold and no pair comes of: see `reasonCodes`. */
export type ChatReasonCode =
  | "CHAT_UNFINISHED"
  | "CHAT_TOOL_TURN"
  | "CHAT_MEDIA"
  | "CHAT_CONTRADICTION"
  | "CHAT_REPEAT"
  | "CHAT_MISSING"
  | "CHAT_UNDECIDED"
  | "CHAT_COPIED_RATING"
  | "CHAT_NO_MESSAGES"
  | "CHAT_NO_RATING"
  | "CHAT_NO_COMPARISON"
  | "CHAT_NOT_SUBMITTED"
  | "CHAT_NO_VOTE"
  | "CHAT_GROUP_CHAT"
  | "CHAT_NO_CALLS"
  | "CHAT_SEVERAL_CALLS"
  | "CHAT_NO_TRACE"
  | "CHAT_AFTER_DAMAGE";

/** All of them: nothing is wrong, and no pair comes of it. */
export const chatReasonCodes: Record<ChatReasonCode, CodeDefinition> = {
  CHAT_UNFINISHED: {
    kind: "skipped",
    severity: "info",
    title: "An answer was not finished",
    meaning:
      "An answer was stopped, cut off or failed, or is an error that the interface shows in place of an answer: a model would be taught to stop there.",
    fix: "Nothing is wrong: such answers are no fair comparison.",
    example: '{"role":"assistant","content":"The capital of","status":"interrupted"}',
    source: "packages/chat/README.md",
  },
  CHAT_TOOL_TURN: {
    kind: "skipped",
    severity: "info",
    title: "An answer used tools",
    meaning:
      "The answer came after calls of tools. Its last message alone would teach a model to answer without them.",
    fix: "To keep those whose calls can be written down, add --tool-turns native.",
    example: '{"role":"assistant","tool_calls":[{"id":"c1","function":{"name":"search","arguments":"{}"}}]}',
    source: "packages/chat/README.md",
  },
  CHAT_MEDIA: {
    kind: "skipped",
    severity: "info",
    title: "A pair has images, sound or files",
    meaning:
      "The prompt or an answer holds something that is no text, and preference tuning takes texts only.",
    fix: "To keep such pairs with a marker in its place, add --media marker.",
    example: '{"role":"user","content":[{"type":"image_asset_pointer"},"What is this?"]}',
    source: "packages/chat/README.md",
  },
  CHAT_CONTRADICTION: {
    kind: "skipped",
    severity: "info",
    title: "Judgements of the same two answers disagree",
    meaning:
      "People judged the same two answers in both directions, or a more trusted judgement says the opposite: nobody knows which holds.",
    fix: "Nothing is wrong with the file. Leave signals out with --signals to trust one of them alone.",
    example: '{"votes":[{"winner":"a","loser":"b"},{"winner":"b","loser":"a"}]}',
    source: "packages/chat/README.md",
  },
  CHAT_REPEAT: {
    kind: "skipped",
    severity: "info",
    title: "The same two answers were judged once more",
    meaning: "Several judgements say the same of two answers: they make one pair.",
    fix: "Nothing to do.",
    example: '{"votes":[{"winner":"a","loser":"b"},{"winner":"a","loser":"b"}]}',
    source: "packages/chat/README.md",
  },
  CHAT_MISSING: {
    kind: "skipped",
    severity: "info",
    title: "A judged answer is not in the input",
    meaning: "A judgement names an answer that is in none of the files.",
    fix: "Give the whole export, its folder or its ZIP, so that all its files are read together.",
    example: '{"winner":"no-such-message","loser":"m2"}',
    source: "packages/chat/README.md",
  },
  CHAT_UNDECIDED: {
    kind: "skipped",
    severity: "info",
    title: "Somebody was asked which answer is better, and chose none",
    meaning: "The question was skipped, both answers were found bad, or it was asked before both were there.",
    fix: "Nothing to do.",
    example: '{"completion_comparison_rating":"skip"}',
    source: "packages/chat/README.md",
  },
  CHAT_COPIED_RATING: {
    kind: "skipped",
    severity: "info",
    title: "A rating was copied with its answer",
    meaning:
      "Open WebUI's Save As Copy copies the rating of an answer too: several answers have it, and which of them was meant is not known.",
    fix: "Give the export of feedback beside the chats: it says which message was rated.",
    example:
      '{"a1":{"feedbackId":"f","annotation":{"rating":1}},"a2":{"feedbackId":"f","annotation":{"rating":1}}}',
    source: "https://github.com/open-webui/open-webui",
  },
  CHAT_NO_MESSAGES: {
    kind: "skipped",
    severity: "info",
    title: "A conversation holds no messages",
    meaning:
      "The record has no messages that can be read: exports list conversations that were begun and never used.",
    fix: "Nothing to do.",
    example: '{"id":"c1","title":"New chat","mapping":{}}',
    source: "packages/chat/README.md",
  },
  CHAT_NO_RATING: {
    kind: "skipped",
    severity: "info",
    title: "An entry of feedback holds no rating",
    meaning: "Somebody commented, or took a rating back: nothing says whether the answer was good.",
    fix: "Nothing to do.",
    example: '{"message_id":"m1","rating":null,"content":"a comment"}',
    source: "packages/chat/README.md",
  },
  CHAT_NO_COMPARISON: {
    kind: "skipped",
    severity: "info",
    title: "A record compares nothing",
    meaning:
      "The task has no answers side by side, or nobody has judged them yet, or by a choice whose labels name no field of an answer.",
    fix: "Annotate it and export once more. A choice between answers counts where its labels are the names of their fields.",
    example: '{"data":{"prompt":"Hi"},"annotations":[]}',
    source: "packages/chat/README.md",
  },
  CHAT_NOT_SUBMITTED: {
    kind: "skipped",
    severity: "info",
    title: "A task was not finished by any annotator",
    meaning: "All there is of it are drafts, or annotations that were cancelled, skipped or discarded.",
    fix: "Nothing is wrong: submit the annotations and export once more.",
    example: '{"data":{"prompt":"Hi"},"annotations":[{"was_cancelled":true,"result":[]}]}',
    source: "https://labelstud.io/guide/task_format",
  },
  CHAT_NO_VOTE: {
    kind: "skipped",
    severity: "info",
    title: "A line of a log is no vote",
    meaning: "Logs of battles also hold each message and each click: only votes say which answer is better.",
    fix: "Nothing to do.",
    example: '{"type":"chat","tstamp":1.0}',
    source: "packages/chat/README.md",
  },
  CHAT_GROUP_CHAT: {
    kind: "skipped",
    severity: "info",
    title: "A chat has several characters",
    meaning:
      "Its messages come from more than one character, so alternatives of one are no answers to the user alone.",
    fix: "Nothing to do.",
    example: '{"messages":[{"characterId":"a","msg":"Hi"},{"characterId":"b","msg":"Hello"}]}',
    source: "packages/chat/README.md",
  },
  CHAT_NO_CALLS: {
    kind: "skipped",
    severity: "info",
    title: "A trace holds no call of a model",
    meaning: "None of its steps has messages that go in and an answer that comes out.",
    fix: "Export the traces with their inputs and outputs.",
    example: '{"id":"t","observations":[]}',
    source: "packages/chat/README.md",
  },
  CHAT_SEVERAL_CALLS: {
    kind: "skipped",
    severity: "info",
    title: "A judgement is of a trace with several calls",
    meaning:
      "The score or correction is of the whole trace, and more than one call of a model is in it: whose answer was meant is not known.",
    fix: "Score the step that answers, instead of the whole trace.",
    example:
      '{"id":"t","observations":[{"type":"GENERATION"},{"type":"GENERATION"}],"scores":[{"name":"good","value":1}]}',
    source: "packages/chat/README.md",
  },
  CHAT_NO_TRACE: {
    kind: "skipped",
    severity: "info",
    title: "A judgement is of a trace that is not in the input",
    meaning: "Its trace is in none of the files.",
    fix: "Export the traces beside the judgements, and give both.",
    example: '{"traceId":"no-such-trace","name":"good","value":1}',
    source: "packages/chat/README.md",
  },
  CHAT_AFTER_DAMAGE: {
    kind: "skipped",
    severity: "info",
    title: "A line stands after a damaged one of the same chat",
    meaning:
      "The messages of the file follow each other, so what comes after a line that cannot be read has no sure place.",
    fix: "Mend the damaged line, which is in the rejects file, and convert once more.",
    example: '{"name":"User","mes":"Hi"}',
    source: "packages/chat/README.md",
  },
};
