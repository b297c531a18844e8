import type { JsonObject } from "@dpo-kit/schema";
import { type RatedAnswer, readAnswer, recordOfAnswers } from "../anythingllm/rated-answers.ts";
import type { ChatFormat, ChatRecord, FileRole } from "../chat-format.ts";
import type { ChatInput } from "../input/chat-input.ts";
import { type FileSample, isObject } from "../input/file-sample.ts";
import { type GatheredItem, gatherItems } from "../input/gather-items.ts";
import type { ChatDocument } from "../input/read-documents.ts";
import { unreadable } from "../input/read-each.ts";

/**
 * AnythingLLM's export of the chats of workspaces, as JSON or CSV. Its other exports leave the ratings out.
 * https://github.com/Mintplex-Labs/anything-llm
 */
export const anythingLlm: ChatFormat = {
  id: "anythingllm",
  title: "an AnythingLLM export",
  detail:
    "Settings > Workspace Chats > Export, as JSON or CSV: thumbs on answers to equal prompts in one workspace. What was " +
    "said before them is not in the export.",
  signals: ["thumbs-unknown-context"],
  detect,
  read: (input) => gatherItems(listAnswers(input), input, recordOfAnswers),
};

const columnsOfAll: readonly string[] = ["workspace", "prompt", "response", "sent_at", "rating"];

function detect({ values, columns }: FileSample): FileRole | undefined {
  if (columnsOfAll.every((name) => columns.includes(name))) {
    return { role: "table", isTable: true, why: "its columns are those of AnythingLLM's export" };
  }
  return values.some(isChat)
    ? { role: "chats", why: "its chats have a workspace, a prompt, a response and a rating" }
    : undefined;
}

function isChat(value: JsonObject): boolean {
  const { prompt, response } = value;
  const isNamed = Object.hasOwn(value, "workspace") && Object.hasOwn(value, "rating");
  return isNamed && typeof prompt === "string" && typeof response === "string";
}

async function* listAnswers(
  input: ChatInput,
): AsyncGenerator<GatheredItem<RatedAnswer> | ChatRecord, void, undefined> {
  for await (const document of input.documents("chats")) {
    yield itemOf(document, { lineBreaksLost: false });
  }
  for await (const document of input.documents("table")) {
    yield itemOf(document, { lineBreaksLost: true });
  }
}

function itemOf(
  document: ChatDocument,
  { lineBreaksLost }: { lineBreaksLost: boolean },
): GatheredItem<RatedAnswer> | ChatRecord {
  const { value, at } = document;
  if (!isObject(value)) {
    return unreadable(document);
  }
  const item = readAnswer(value, { at, lineBreaksLost });
  return item === undefined
    ? { kind: "skipped", at, reason: "no-messages" }
    : { key: JSON.stringify([value.workspace, value.prompt, value.attachments]), item };
}
