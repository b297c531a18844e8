import { createIssue } from "@dpo-kit/schema";
import type { ChatRecord } from "../chat-format.ts";
import type { ChatInput } from "../input/chat-input.ts";
import { isObject } from "../input/file-sample.ts";
import type { JoinTable } from "../input/join-table.ts";
import type { ChatDocument } from "../input/read-documents.ts";
import { unreadable } from "../input/read-each.ts";
import { itemsIn } from "./items-in.ts";
import { type DifyRating, readDifyRating } from "./read-rating.ts";

/** Puts the feedback into a table, by the messages it speaks of. What rates nothing is a record. */
export async function* joinFeedback(
  input: ChatInput,
  table: JoinTable<DifyRating>,
): AsyncGenerator<ChatRecord, void, undefined> {
  for (const role of ["feedback", "feedback-export"]) {
    for await (const document of input.entries(role)) {
      for (const record of joinDocument(document, input, table)) {
        yield input.intoRecord(document, record);
      }
    }
  }
}

function* joinDocument(
  document: ChatDocument,
  input: ChatInput,
  table: JoinTable<DifyRating>,
): Generator<ChatRecord> {
  const { value, at } = document;
  if (!isObject(value)) {
    yield unreadable(document);
    return;
  }
  const items = itemsIn(value);
  if (items.length === 0) {
    yield { kind: "skipped", at, reason: "no-rating" };
    return;
  }
  input.isListOf(document, items.length);
  for (const item of items) {
    const rating = isObject(item) ? readDifyRating(item) : undefined;
    if (rating !== undefined) {
      table.add([rating.message], rating, JSON.stringify(rating).length);
    } else if (isObject(item)) {
      yield { kind: "skipped", at, reason: "no-rating" };
    } else {
      const issue = { location: at, expected: "an object", found: item };
      yield { kind: "rejected", at, issues: [createIssue("CHAT_RECORD_UNREADABLE", issue)] };
    }
  }
}
