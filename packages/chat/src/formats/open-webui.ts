import type { JsonObject, Location } from "@dpo-kit/schema";
import type { ChatFormat, ChatRecord, FileRole } from "../chat-format.ts";
import type { ChatInput } from "../input/chat-input.ts";
import { type FileSample, isObject } from "../input/file-sample.ts";
import type { JoinTable } from "../input/join-table.ts";
import { readEach, unreadable } from "../input/read-each.ts";
import { gatherSnapshots } from "../open-webui/gather-snapshots.ts";
import { OpenWebuiJudge } from "../open-webui/list-judgements.ts";
import { conversationOf, type OpenWebuiChat, readChat } from "../open-webui/read-chat.ts";
import { type FeedbackEntry, readFeedback } from "../open-webui/read-feedback.ts";

/** Open WebUI's exports of chats and of feedback, alone or together. */
export const openWebui: ChatFormat = {
  id: "open-webui",
  title: "an Open WebUI export",
  detail:
    "Settings > Data Controls > Export Chats, and Admin Panel > Evaluations > Feedbacks > export, best together. Battles " +
    "in the arena, thumbs, scores from 1 to 10, edits, several models side by side, answers that were made again.",
  signals: ["vote", "thumbs", "score", "edit", "thumbs-one-sided", "parallel", "kept"],
  beside: "Give the exported chats as well, or export the feedback where it has snapshots of them.",
  detect,
  read,
};

function detect({ values }: FileSample): FileRole | undefined {
  if (values.some(isFeedback)) {
    return { role: "feedback", why: "it holds ratings with data, meta and a snapshot" };
  }
  return values.some((value) => readChat(value) !== undefined)
    ? { role: "chats", why: "its chats have history.messages" }
    : undefined;
}

function isFeedback({ type, data, meta }: JsonObject): boolean {
  return typeof type === "string" && isObject(data) && isObject(meta) && typeof meta.message_id === "string";
}

/** The entries of the feedback that is exported, and which of them found their chat, by their place. */
interface Feedback {
  readonly table: JoinTable<{ entry: FeedbackEntry; place: number }>;
  readonly joined: Set<number>;
  entries: number;
}

async function* read(input: ChatInput): AsyncGenerator<ChatRecord, void, undefined> {
  const feedback: Feedback = { table: input.joinTable("feedback"), joined: new Set(), entries: 0 };
  yield* readFeedbackFile(input, feedback);
  yield* readEach(input, "chats", (value, at) => {
    const chat = readChat(value);
    return chat === undefined
      ? { kind: "skipped", at, reason: "no-messages" }
      : judgedRecord(chat, { at, entries: takeEntries(chat, feedback), annotations: true });
  });
  yield* readSnapshots(input, feedback);
}

async function* readFeedbackFile(
  input: ChatInput,
  feedback: Feedback,
): AsyncGenerator<ChatRecord, void, undefined> {
  for await (const document of input.entries("feedback")) {
    const { value, at } = document;
    const entry = isObject(value) ? readFeedback(value) : undefined;
    if (entry === undefined) {
      const skipped = { kind: "skipped", at, reason: "no-rating" } as const;
      yield input.intoRecord(document, isObject(value) ? skipped : unreadable(document));
      continue;
    }
    const place = feedback.entries;
    feedback.entries += 1;
    feedback.table.add(namesOf(entry), { entry, place }, JSON.stringify(entry).length);
  }
}

/** Copies of a chat keep the ids of its messages: a message is meant in its own chat, where that is known. */
function namesOf({ chat, message }: FeedbackEntry): string[] {
  return [messageName(chat, message), messageName("", message)];
}

function messageName(chat: string, message: string): string {
  return `${chat}/${message}`;
}

/** The entries that speak of a chat, and that no other record has. */
function takeEntries({ id, messages }: OpenWebuiChat, { table, joined }: Feedback): FeedbackEntry[] {
  const names = [...messages.keys()].map((message) => messageName(id, message));
  const entries = table.take(names).filter(({ place }) => !joined.has(place));
  for (const { place } of entries) {
    joined.add(place);
  }
  return entries.map(({ entry }) => entry);
}

function judgedRecord(
  chat: OpenWebuiChat,
  { at, entries, annotations }: { at: Location; entries: readonly FeedbackEntry[]; annotations: boolean },
): ChatRecord {
  const judgements = new OpenWebuiJudge(chat).judgements(entries, { annotations });
  return { kind: "judged", at, conversation: conversationOf(chat), judgements };
}

/**
 * Chats that are not in the input stand in the feedback, as they were before it was saved: of the annotations in them
 * none is up to date.
 */
async function* readSnapshots(
  input: ChatInput,
  feedback: Feedback,
): AsyncGenerator<ChatRecord, void, undefined> {
  if (feedback.joined.size === feedback.entries) {
    return;
  }
  for await (const { chat, at } of gatherSnapshots(input, (place) => !feedback.joined.has(place))) {
    yield judgedRecord(chat, { at, entries: takeEntries(chat, feedback), annotations: false });
  }
}
