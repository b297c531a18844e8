import type { JsonObject, JsonValue, Location } from "@dpo-kit/schema";
import { isObject } from "../input/file-sample.ts";
import { objectsIn } from "../input/json-members.ts";
import type { JudgedTask } from "./judge-task.ts";
import { type Choice, readMinimal, readResult } from "./read-result.ts";

/** Reads a task of the export JSON; undefined where nobody compared anything. */
export function readTask({ id, data, annotations }: JsonObject, at: Location): JudgedTask | undefined {
  if (!isObject(data)) {
    return undefined;
  }
  const fields = Object.keys(data);
  const read = objectsIn(annotations).map((annotation) => choicesIn(annotation, fields));
  return read.some((choices) => choices.length > 0)
    ? { id: String(id ?? ""), at, data, annotations: read }
    : undefined;
}

function choicesIn({ was_cancelled: wasCancelled, result }: JsonObject, fields: readonly string[]): Choice[] {
  const results = wasCancelled === true ? [] : objectsIn(result);
  return results.map((each) => readResult(each, fields)).filter((choice) => choice !== undefined);
}

/** Whether somebody began to annotate a task, or skipped it, and nobody submitted anything. */
export function isPending({ annotations, drafts }: JsonObject): boolean {
  const given = objectsIn(annotations);
  return given.length === 0
    ? objectsIn(drafts).length > 0
    : given.every(({ was_cancelled: wasCancelled }) => wasCancelled === true);
}

/** What an annotation has beside the fields of its task. */
const facts: ReadonlySet<string> = new Set([
  "id",
  "annotator",
  "annotation_id",
  "created_at",
  "updated_at",
  "lead_time",
  "agreement",
]);

/** Reads an annotation of the exports JSON-MIN and CSV; undefined where it compares nothing. */
export function readAnnotation(value: JsonObject, at: Location): JudgedTask | undefined {
  const choices: Choice[] = [];
  const data: [string, JsonValue][] = [];
  const fields = Object.keys(value).filter((name) => !facts.has(name));
  for (const [name, member] of Object.entries(value)) {
    const choice = readMinimal(member, { name, fields: fields.filter((field) => field !== name) });
    if (choice !== undefined) {
      choices.push(choice);
    } else if (!facts.has(name)) {
      data.push([name, member]);
    }
  }
  return choices.length === 0
    ? undefined
    : { id: String(value.id ?? ""), at, data: Object.fromEntries(data), annotations: [choices] };
}
