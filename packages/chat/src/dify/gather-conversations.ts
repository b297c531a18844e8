import { createIssue, type JsonObject, type JsonValue, type Location } from "@dpo-kit/schema";
import type { ChatRecord } from "../chat-format.ts";
import type { ChatInput } from "../input/chat-input.ts";
import { isObject } from "../input/file-sample.ts";
import type { JoinTable } from "../input/join-table.ts";
import { firstText } from "../input/json-members.ts";
import { unreadable } from "../input/read-each.ts";
import type { Judgement } from "../model/judgement.ts";
import { itemsIn } from "./items-in.ts";
import { readDifyConversation } from "./read-conversation.ts";
import { type DifyRating, latestRatings, ratingsIn } from "./read-rating.ts";

/** A message, and where it stands. */
interface Placed {
  readonly at: Location;
  readonly message: JsonObject;
}

/**
 * The conversations of all pages of messages, in the order of their first messages.
 * @throws GATHER_LIMIT
 */
export async function* gatherConversations(
  input: ChatInput,
  feedback: JoinTable<DifyRating>,
): AsyncGenerator<ChatRecord, void, undefined> {
  const store = input.store();
  try {
    let ordinal = 0;
    for await (const read of listMessages(input)) {
      if ("kind" in read) {
        yield read;
        continue;
      }
      const key = firstText(read.message.conversation_id) ?? "";
      await store.add({ key, ordinal, record: read as unknown as JsonValue });
      ordinal += 1;
    }
    for await (const { key, members } of store.groups()) {
      yield recordOf(key, members as unknown as Placed[], feedback);
    }
  } finally {
    await store.close();
  }
}

async function* listMessages(input: ChatInput): AsyncGenerator<Placed | ChatRecord, void, undefined> {
  for await (const document of input.documents("messages")) {
    const { value, at } = document;
    if (!isObject(value)) {
      yield unreadable(document);
      continue;
    }
    const items = itemsIn(value);
    if (items.length === 0) {
      yield { kind: "skipped", at, reason: "no-messages" };
    }
    for (const message of items) {
      yield isObject(message) ? { at, message } : unreadableItem(message, at);
    }
  }
}

function unreadableItem(found: JsonValue, at: Location): ChatRecord {
  const issue = createIssue("CHAT_RECORD_UNREADABLE", { location: at, expected: "an object", found });
  return { kind: "rejected", at, issues: [issue] };
}

/** Feedback by itself is newer than what the messages say of it. */
function recordOf(id: string, placed: readonly Placed[], feedback: JoinTable<DifyRating>): ChatRecord {
  const { conversation, answers } = readDifyConversation(
    id,
    placed.map(({ message }) => message),
  );
  const told = feedback.take(answers.keys());
  const isTold = new Set(told.map(({ message }) => message));
  const own = [...answers].flatMap(([answer, message]) =>
    isTold.has(answer) ? [] : ratingsIn(message, answer),
  );
  const judgements = latestRatings([...own, ...told]).map(
    ({ message: turn, up }): Judgement => ({ kind: "thumb", turn, up }),
  );
  return { kind: "judged", at: placed[0]!.at, conversation, judgements };
}
