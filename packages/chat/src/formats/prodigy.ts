import type { JsonObject, Location } from "@dpo-kit/schema";
import type { ChatFormat, ChatRecord } from "../chat-format.ts";
import type { ChatInput } from "../input/chat-input.ts";
import { isObject } from "../input/file-sample.ts";
import { type GatheredItem, gatherItems } from "../input/gather-items.ts";
import { objectsIn } from "../input/json-members.ts";
import { unreadable } from "../input/read-each.ts";
import { type ProdigyAnswer, readAnswer, recordOfAnswers } from "../prodigy/judge-task.ts";
import { isCompare } from "../prodigy/read-compare.ts";

/** What `prodigy db-out` writes. https://prodi.gy/docs/api-interfaces */
export const prodigy: ChatFormat = {
  id: "prodigy",
  title: "a Prodigy database",
  detail:
    "prodigy db-out: tasks of the interfaces compare and choice. One accepted option beats the others; several " +
    "annotators of one task are settled by majority.",
  signals: ["vote"],
  detect: ({ values }) =>
    values.some(isTask)
      ? {
          role: "tasks",
          why: "its tasks have options or two sides, and an answer of accept, reject or ignore",
        }
      : undefined,
  read: (input) => gatherItems(listAnswers(input), input, recordOfAnswers),
};

const answers: ReadonlySet<unknown> = new Set(["accept", "reject", "ignore"]);

function isTask(task: JsonObject): boolean {
  const isChoice =
    objectsIn(task.options).length > 0 && (Array.isArray(task.accept) || task.accept === undefined);
  return answers.has(task.answer) && (isChoice || isCompare(task));
}

async function* listAnswers(
  input: ChatInput,
): AsyncGenerator<GatheredItem<ProdigyAnswer> | ChatRecord, void, undefined> {
  for await (const document of input.documents("tasks")) {
    const { value, at } = document;
    const answer = isObject(value) ? readAnswer(value, at) : unreadable(document);
    yield "kind" in answer ? answer : { key: keyOf(value as JsonObject, at), item: answer };
  }
}

/** Tasks that were shown to several annotators have one hash; without it, each stands by itself. */
function keyOf({ _task_hash: hash, input, text }: JsonObject, at: Location): string {
  return JSON.stringify(hash === undefined ? [at.source, at.ordinal ?? 0] : [hash, input, text]);
}
