import { count } from "@dpo-kit/batch";
import { DataError, type JsonObject } from "@dpo-kit/schema";
import type { ChatFormat, ChatRecord, FileRole } from "../chat-format.ts";
import { countCutAnswers } from "../dify/count-cut-answers.ts";
import { gatherConversations } from "../dify/gather-conversations.ts";
import { itemsIn } from "../dify/items-in.ts";
import { joinFeedback } from "../dify/join-feedback.ts";
import type { DifyRating } from "../dify/read-rating.ts";
import type { ChatInput } from "../input/chat-input.ts";
import { type FileSample, isObject } from "../input/file-sample.ts";

const beside = "Get the messages from GET /v1/messages?conversation_id=…, and give them beside this file.";

/** What Dify's API answers: messages and feedback. Of its export of feedback only the ratings are used. */
export const dify: ChatFormat = {
  id: "dify",
  title: "messages of Dify",
  detail:
    "GET /v1/messages of each conversation, with GET /v1/app/feedbacks or the console's export of feedback beside it. " +
    "Thumbs, and answers that were made again; the texts in the export of feedback are cut at 500 characters.",
  signals: ["thumbs", "thumbs-one-sided", "kept"],
  beside,
  detect,
  read,
};

function detect({ values, columns }: FileSample): FileRole | undefined {
  if (
    values.some(({ feedback_data, export_info }) => Array.isArray(feedback_data) && isObject(export_info))
  ) {
    return { role: "feedback-export", why: "it is Dify's export of feedback" };
  }
  if (columns.includes("ai_response") && columns.includes("feedback_rating_raw")) {
    return { role: "feedback-table", why: "its columns are those of Dify's export of feedback" };
  }
  const items = values.flatMap(itemsIn).filter(isObject);
  if (items.some(isMessage)) {
    return { role: "messages", why: "its messages have a query and an answer" };
  }
  return items.some(isFeedback)
    ? { role: "feedback", why: "it holds likes and dislikes by message" }
    : undefined;
}

function isMessage({ conversation_id, query, answer }: JsonObject): boolean {
  return typeof conversation_id === "string" && typeof query === "string" && typeof answer === "string";
}

function isFeedback({ message_id, rating, from_source }: JsonObject): boolean {
  const isRating = rating === "like" || rating === "dislike" || rating === null;
  return typeof message_id === "string" && isRating && typeof from_source === "string";
}

async function* read(input: ChatInput): AsyncGenerator<ChatRecord, void, undefined> {
  if (input.filesOf("messages").length === 0) {
    await refuseCutAnswers(input);
  }
  const tables = input.filesOf("feedback-table").length;
  if (tables > 0) {
    count(input.counts.filesLeftOut, "dify-feedback-table", tables);
  }
  const feedback = input.joinTable<DifyRating>("feedback");
  yield* joinFeedback(input, feedback);
  yield* gatherConversations(input, feedback);
}

/**
 * The export of feedback has texts: without the messages, somebody may take them for whole.
 * @throws CHAT_ANSWERS_CUT
 */
async function refuseCutAnswers(input: ChatInput): Promise<void> {
  const [exported] = [...input.filesOf("feedback-export"), ...input.filesOf("feedback-table")];
  if (exported === undefined) {
    return;
  }
  const { answers, cut } = await countCutAnswers(input.entriesAgain("feedback-export"));
  throw new DataError("CHAT_ANSWERS_CUT", {
    message:
      `Dify's export of feedback cuts answers at 500 characters` +
      (answers === 0 ? "" : `: ${cut} of ${answers} answers in it are cut`),
    location: { source: exported.name },
    hint: beside,
  });
}
