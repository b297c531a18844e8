import type { JsonObject } from "@dpo-kit/schema";
import type { ChatFormat, ChatRecord, FileRole } from "../chat-format.ts";
import type { ChatInput } from "../input/chat-input.ts";
import { type FileSample, isObject } from "../input/file-sample.ts";
import { type GatheredItem, gatherItems } from "../input/gather-items.ts";
import { objectsIn } from "../input/json-members.ts";
import { readEach, unreadable } from "../input/read-each.ts";
import { type JudgedTask, recordOfJudgedTask } from "../label-studio/judge-task.ts";
import { readMinimal } from "../label-studio/read-result.ts";
import { readAnnotation, readTask } from "../label-studio/read-task.ts";

/** Label Studio's exports as JSON and JSON-MIN. What models predicted is not read. https://labelstud.io */
export const labelStudio: ChatFormat = {
  id: "label-studio",
  title: "a Label Studio export",
  detail:
    "Export > JSON or JSON-MIN: which of two answers annotators chose (Pairwise), and answers put in order (Ranker; " +
    "within a bucket, not across). Several annotators are settled by majority.",
  signals: ["vote", "rank"],
  detect,
  read,
};

function detect({ values }: FileSample): FileRole | undefined {
  if (values.some(isTask)) {
    return { role: "tasks", why: "its tasks have data, and annotations with results" };
  }
  return values.some(isAnnotation)
    ? { role: "annotations", why: "its annotations of tasks say left, right or an order" }
    : undefined;
}

function isTask({ data, annotations }: JsonObject): boolean {
  return isObject(data) && objectsIn(annotations).some(({ result }) => Array.isArray(result));
}

/** The export JSON-MIN. The control of the template for pairs is called `comparison`. */
function isAnnotation(value: JsonObject): boolean {
  const isNamed = typeof value.annotation_id === "number" || Object.hasOwn(value, "comparison");
  return isNamed && Object.values(value).some((each) => readMinimal(each) !== undefined);
}

async function* read(input: ChatInput): AsyncGenerator<ChatRecord, void, undefined> {
  const names = input.options.taskFields;
  yield* readEach(input, "tasks", (value, at) => {
    const task = readTask(value, at);
    return task === undefined
      ? { kind: "skipped", at, reason: "no-comparison" }
      : recordOfJudgedTask(task, names);
  });
  yield* gatherItems(listAnnotations(input), input, (tasks: readonly JudgedTask[]) => {
    const annotations = tasks.flatMap((task) => task.annotations);
    return recordOfJudgedTask({ ...tasks[0]!, annotations }, names);
  });
}

/** Of JSON-MIN each annotation stands by itself, with the fields of its task. */
async function* listAnnotations(
  input: ChatInput,
): AsyncGenerator<GatheredItem<JudgedTask> | ChatRecord, void, undefined> {
  for await (const document of input.documents("annotations")) {
    const { value, at } = document;
    if (!isObject(value)) {
      yield unreadable(document);
      continue;
    }
    const task = readAnnotation(value, at);
    yield task === undefined
      ? { kind: "skipped", at, reason: "no-comparison" }
      : { key: keyOf(task), item: task };
  }
}

/** Ids tell the tasks of one project apart. Annotations have fields of their own, such as comments. */
function keyOf({ id, at, data }: JudgedTask): string {
  return JSON.stringify(id === "" ? data : [at.source, id]);
}
