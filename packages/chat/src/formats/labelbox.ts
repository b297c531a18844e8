import type { JsonObject } from "@dpo-kit/schema";
import { damagedTask } from "../annotations/refused-task.ts";
import type { ChatFormat, ChatRecord } from "../chat-format.ts";
import type { ChatInput } from "../input/chat-input.ts";
import { isObject } from "../input/file-sample.ts";
import { type GatheredItem, gatherItems } from "../input/gather-items.ts";
import { unreadable } from "../input/read-each.ts";
import { type Evaluation, recordOfRow } from "../labelbox/judge-row.ts";
import { readTask } from "../labelbox/read-task.ts";

/**
 * Labelbox's evaluation of the messages of models. https://docs.labelbox.com/docs/multimodal-chat-evaluation
 * Its vendor publishes no layout of the export: a data row beside each task is what is read.
 */
export const labelbox: ChatFormat = {
  id: "labelbox",
  title: "a Labelbox evaluation",
  detail:
    "Multimodal chat evaluation, as NDJSON or JSON: the order of the answers to one message, and the one that was " +
    "selected. The messages of the data rows must be in the files.",
  signals: ["vote", "rank"],
  beside:
    "Export the data rows with their messages: each annotation needs a data row with messages beside it.",
  detect: ({ values }) =>
    values.some(({ messageEvaluationTask: task }) => isObject(task))
      ? { role: "tasks", why: "its annotations have a messageEvaluationTask" }
      : undefined,
  read,
};

function read(input: ChatInput): AsyncGenerator<ChatRecord, void, undefined> {
  const found = { messages: false };
  return gatherItems(listEvaluations(input, found), input, (evaluations: readonly Evaluation[]) => {
    // All files were read before the first record is made.
    if (!found.messages) {
      input.lacksMessages();
    }
    return recordOfRow(evaluations);
  });
}

async function* listEvaluations(
  input: ChatInput,
  found: { messages: boolean },
): AsyncGenerator<GatheredItem<Evaluation> | ChatRecord, void, undefined> {
  for await (const document of input.documents("tasks")) {
    const { value, at } = document;
    if (!isObject(value)) {
      yield unreadable(document);
      continue;
    }
    const { messageEvaluationTask: given } = value;
    if (given !== undefined && given !== null && !isObject(given)) {
      yield damagedTask(at, { name: "messageEvaluationTask", expected: "an object", found: given });
      continue;
    }
    const row = rowOf(value);
    found.messages ||= row.messages !== undefined;
    const task = readTask(value.messageEvaluationTask);
    const key = JSON.stringify(row.id ?? [at.source, at.ordinal ?? 0]);
    yield { key, item: { at, row, ...(task === undefined ? {} : { task }) } };
  }
}

/** The members of a data row that are read; the messages may stand beside it. */
function rowOf(value: JsonObject): JsonObject {
  const row = [value.dataRow, value.data_row].find(isObject) ?? {};
  const { id = null } = row;
  const holder = row.messages === undefined ? value : row;
  const { messages, actors } = holder;
  return {
    id,
    ...(messages === undefined ? {} : { messages }),
    ...(actors === undefined ? {} : { actors }),
  };
}
