import { createIssue, type JsonObject, type Location } from "@dpo-kit/schema";
import type { ChatRecord } from "../chat-format.ts";
import type { ChatInput } from "./chat-input.ts";
import { isObject } from "./file-sample.ts";
import type { ChatDocument } from "./read-documents.ts";

/** Reads one object of a file: most often one conversation. */
export type ReadObject = (
  value: JsonObject,
  at: Location,
  document: ChatDocument,
) => ChatRecord | readonly ChatRecord[];

/**
 * Reads the documents of a role one by one. Those that cannot be parsed, or are no objects, are rejected here.
 * A document of which no record comes is skipped, so that it is accounted for.
 */
export async function* readEach(
  input: ChatInput,
  role: string,
  readObject: ReadObject,
): AsyncGenerator<ChatRecord, void, undefined> {
  for await (const document of input.documents(role)) {
    const { value, at } = document;
    if (!isObject(value)) {
      yield unreadable(document);
      continue;
    }
    const read = readObject(value, at, document);
    const records = Array.isArray(read) ? read : [read];
    yield* records.length > 0 ? records : [{ kind: "skipped", at, reason: "no-messages" } as const];
  }
}

/** The record of a document that could not be parsed, or is no object. */
export function unreadable({ value, at, issues }: ChatDocument): ChatRecord {
  if (issues.length > 0) {
    return { kind: "rejected", at, issues, malformed: true };
  }
  const issue = createIssue("CHAT_RECORD_UNREADABLE", { location: at, expected: "an object", found: value });
  return { kind: "rejected", at, issues: [issue] };
}
