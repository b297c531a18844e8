import type { JsonObject } from "@dpo-kit/schema";
import { findAnswerFields } from "../annotations/find-answer-fields.ts";
import { damagedTask } from "../annotations/refused-task.ts";
import type { ChatFormat, ChatRecord, FileRole } from "../chat-format.ts";
import type { ChatInput } from "../input/chat-input.ts";
import { type FileSample, isObject } from "../input/file-sample.ts";
import { type GatheredItem, gatherItems } from "../input/gather-items.ts";
import { objectsIn } from "../input/json-members.ts";
import { parseJsonText } from "../input/parse-json-text.ts";
import type { ChatDocument } from "../input/read-documents.ts";
import { readEach, unreadable } from "../input/read-each.ts";
import { findDamage } from "../label-studio/find-damage.ts";
import { type JudgedTask, recordOfJudgedTask } from "../label-studio/judge-task.ts";
import { isPending, readAnnotation, readTask } from "../label-studio/read-task.ts";

/** Label Studio's exports as JSON and JSON-MIN. What models predicted is not read. https://labelstud.io */
export const labelStudio: ChatFormat = {
  id: "label-studio",
  title: "a Label Studio export",
  detail:
    "Export > JSON, JSON-MIN, CSV or TSV: which of two answers annotators chose (Pairwise, or Choices whose labels are " +
    "the names of the fields), answers put in order (Ranker; within a bucket, not across), and stars (Rating, a control " +
    "for each answer, named after its field). Several annotators are settled by majority.",
  signals: ["vote", "rank", "score"],
  detect,
  read,
};

function detect({ values, columns }: FileSample): FileRole | undefined {
  if (columnsOfAll.every((name) => columns.includes(name))) {
    return {
      role: "table",
      isTable: true,
      why: "its columns are those of Label Studio's table of annotations",
    };
  }
  if (values.some(isTask)) {
    return { role: "tasks", why: "its tasks have data, and annotations with results" };
  }
  return values.some(isAnnotation)
    ? { role: "annotations", why: "its annotations of tasks say left, right or an order" }
    : undefined;
}

/** https://labelstud.io/guide/export */
const columnsOfAll: readonly string[] = ["annotation_id", "annotator", "lead_time"];

function isTask({ data, annotations }: JsonObject): boolean {
  return isObject(data) && objectsIn(annotations).some(({ result }) => Array.isArray(result));
}

/** The export JSON-MIN. The control of the template for pairs is called `comparison`. */
function isAnnotation(value: JsonObject): boolean {
  const isNamed = typeof value.annotation_id === "number" || Object.hasOwn(value, "comparison");
  return isNamed && readAnnotation(value, { source: "" }) !== undefined;
}

async function* read(input: ChatInput): AsyncGenerator<ChatRecord, void, undefined> {
  const names = input.options.taskFields;
  yield* readEach(input, "tasks", (value, at) => {
    const damage = findDamage(value);
    const task = readTask(value, at);
    return damage !== undefined
      ? damagedTask(at, damage)
      : task === undefined
        ? { kind: "skipped", at, reason: isPending(value) ? "not-submitted" : "no-comparison" }
        : recordOfJudgedTask(task, names);
  });
  yield* gatherItems(listAnnotations(input), input, (tasks: readonly JudgedTask[]) => {
    const annotations = tasks.flatMap((task) => task.annotations);
    return recordOfJudgedTask({ ...tasks[0]!, annotations }, names);
  });
}

/** Of JSON-MIN and of tables each annotation stands by itself, with the fields of its task. */
async function* listAnnotations(
  input: ChatInput,
): AsyncGenerator<GatheredItem<JudgedTask> | ChatRecord, void, undefined> {
  for await (const document of input.documents("annotations")) {
    yield itemOf(document);
  }
  for await (const row of input.documents("table")) {
    yield itemOf(isObject(row.value) ? { ...row, value: readCells(row.value) } : row);
  }
}

/**
 * In tables, whatever is no text is a JSON text. Controls that were not used are empty cells: where it is not clear
 * which columns are the answers, those are left out.
 */
function readCells(row: JsonObject): JsonObject {
  const cells = Object.entries(row);
  const isClear = findAnswerFields(Object.keys(row)) !== undefined;
  const used = isClear ? cells : cells.filter(([, cell]) => cell !== "");
  return Object.fromEntries(used.map(([name, cell]) => [name, parseJsonText(cell)]));
}

function itemOf(document: ChatDocument): GatheredItem<JudgedTask> | ChatRecord {
  const { value, at } = document;
  if (!isObject(value)) {
    return unreadable(document);
  }
  const task = readAnnotation(value, at);
  return task === undefined
    ? { kind: "skipped", at, reason: "no-comparison" }
    : { key: keyOf(task), item: task };
}

/**
 * Ids tell the tasks of one project apart; where exports of several were put into one file, their answers do.
 * Annotations have fields of their own, such as comments.
 */
function keyOf({ id, at, data }: JudgedTask): string {
  const answers = findAnswerFields(Object.keys(data))?.map((name) => data[name] ?? null);
  return JSON.stringify(id === "" ? data : [at.source, id, answers]);
}
