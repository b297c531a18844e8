import type { JsonObject, Location } from "@dpo-kit/schema";
import { damagedTask } from "../annotations/refused-task.ts";
import type { ChatFormat, ChatRecord, FileRole } from "../chat-format.ts";
import {
  type ComparisonEntry,
  comparisonIn,
  isComparisonEntry,
  judgementOf,
  readComparison,
  readComparisonEntry,
} from "../chatgpt/read-comparison.ts";
import { type MappedConversation, readMapping } from "../chatgpt/read-conversation.ts";
import { type FeedbackEntry, latestFeedback, readFeedback } from "../chatgpt/read-feedback.ts";
import type { ChatInput } from "../input/chat-input.ts";
import { type FileSample, isObject } from "../input/file-sample.ts";
import { type JoinTable, normaliseId } from "../input/join-table.ts";
import { readEach, unreadable } from "../input/read-each.ts";
import type { Judgement } from "../model/judgement.ts";

/** ChatGPT's data export, and conversations as its web interface has them. */
export const chatgpt: ChatFormat = {
  id: "chatgpt",
  title: "a ChatGPT export",
  detail:
    "Settings > Data Controls > Export: the ZIP, its folder, or conversations*.json with message_feedback.json and " +
    "model_comparisons.json beside it. Votes between two answers, thumbs, and answers that were made again.",
  signals: ["vote", "thumbs", "thumbs-one-sided", "kept"],
  beside: "Give conversations.json as well, or the whole export: its folder or its ZIP.",
  detect,
  read,
};

function detect({ values }: FileSample): FileRole | undefined {
  if (values.some(isConversation)) {
    return { role: "conversations", why: "its conversations have a mapping of nodes" };
  }
  if (
    values.some((value) => comparisonIn(value) !== undefined || typeof value.original_message_id === "string")
  ) {
    return { role: "comparisons", why: "it compares an original answer with a new one" };
  }
  if (
    values.some((value) => typeof value.conversation_id === "string" && readFeedback(value) !== undefined)
  ) {
    return { role: "feedback", why: "it holds thumbs by message and conversation" };
  }
  return undefined;
}

/** DeepSeek's export is laid out alike, with `inserted_at` where this one has `create_time`. */
function isConversation(value: JsonObject): boolean {
  const isDated = Object.hasOwn(value, "create_time") || Object.hasOwn(value, "current_node");
  return isObject(value.mapping) && isDated && !Object.hasOwn(value, "inserted_at");
}

/** What people said in files beside the conversations. */
interface Sidecars {
  readonly feedback: JoinTable<FeedbackEntry>;
  readonly comparisons: JoinTable<ComparisonEntry>;
}

async function* read(input: ChatInput): AsyncGenerator<ChatRecord, void, undefined> {
  const sidecars: Sidecars = {
    feedback: input.joinTable("message feedback"),
    comparisons: input.joinTable("model comparisons"),
  };
  yield* readFeedbackFile(input, sidecars);
  yield* readComparisons(input, sidecars);
  yield* readEach(input, "conversations", (value, at) => readConversation(value, at, sidecars));
}

async function* readFeedbackFile(
  input: ChatInput,
  { feedback }: Sidecars,
): AsyncGenerator<ChatRecord, void, undefined> {
  for await (const document of input.entries("feedback")) {
    const { value, bytes } = document;
    if (!isObject(value)) {
      yield input.intoRecord(document, unreadable(document));
      continue;
    }
    const entry = readFeedback(value);
    if (entry === undefined) {
      yield input.intoRecord(document, { kind: "skipped", at: document.at, reason: "no-rating" });
    } else {
      feedback.add(namesOf(entry, [entry.id]), entry, bytes);
    }
  }
}

async function* readComparisons(
  input: ChatInput,
  { comparisons }: Sidecars,
): AsyncGenerator<ChatRecord, void, undefined> {
  for await (const document of input.entries("comparisons")) {
    const { value, at, bytes } = document;
    if (!isObject(value)) {
      yield input.intoRecord(document, unreadable(document));
      continue;
    }
    const entry = readComparisonEntry(value);
    if (entry !== undefined) {
      comparisons.add(namesOf(entry, [entry.original, entry.changed]), entry, bytes);
    } else if (comparisonIn(value) !== undefined) {
      yield input.intoRecord(document, readComparison(value, at));
    } else if (isComparisonEntry(value)) {
      yield input.intoRecord(document, { kind: "skipped", at, reason: "no-comparison" });
    } else {
      const odd = { name: "output", expected: "what was said of two answers", found: value.output ?? null };
      yield input.intoRecord(document, damagedTask(at, odd));
    }
  }
}

function readConversation(value: JsonObject, at: Location, sidecars: Sidecars): ChatRecord {
  const mapped = readMapping(value);
  if (mapped === undefined) {
    return { kind: "skipped", at, reason: "no-messages" };
  }
  const { conversation } = mapped;
  return { kind: "judged", at, conversation, judgements: judgementsOf(mapped, sidecars) };
}

/**
 * What an entry is joined by: its messages, in the conversation that it names. A chat that was branched into another
 * one may be there twice, and was judged once.
 */
function namesOf({ conversation }: { conversation: string }, messages: readonly string[]): string[] {
  const chats = conversation === "" ? [ANY_CHAT] : [conversation, ""];
  return chats.flatMap((chat) => messages.map((message) => messageName(chat, message)));
}

/** Stands for the conversation in entries that name none; a conversation without an id is called by no name. */
const ANY_CHAT = "*";

/** Exports before mid-2023 write the ids of conversations without dashes. */
function messageName(chat: string, message: string): string {
  return `${chat.replaceAll("-", "").toLowerCase()}/${normaliseId(message)}`;
}

function judgementsOf(
  { conversation, nodeIds }: MappedConversation,
  { feedback, comparisons }: Sidecars,
): Judgement[] {
  const nodeOf = (id: string): string => nodeIds.get(normaliseId(id)) ?? id;
  const names = [...nodeIds.keys()].flatMap((message) => [
    messageName(conversation.id, message),
    messageName(ANY_CHAT, message),
  ]);
  const thumbs = latestFeedback(feedback.take(names));
  const votes = comparisons.take(names);
  return [
    ...votes.map((vote) =>
      judgementOf(vote, { original: nodeOf(vote.original), changed: nodeOf(vote.changed) }),
    ),
    ...thumbs.map(({ id, up }): Judgement => ({ kind: "thumb", turn: nodeOf(id), up })),
  ];
}
