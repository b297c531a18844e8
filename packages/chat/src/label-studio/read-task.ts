import type { JsonObject, JsonValue, Location } from "@dpo-kit/schema";
import { isObject } from "../input/file-sample.ts";
import { objectsIn } from "../input/json-members.ts";
import type { JudgedTask } from "./judge-task.ts";
import { type Choice, readMinimal, readResult } from "./read-result.ts";

/** Reads a task of the export JSON; undefined where nobody compared anything. */
export function readTask({ id, data, annotations }: JsonObject, at: Location): JudgedTask | undefined {
  const read = objectsIn(annotations).map(choicesIn);
  return isObject(data) && read.some((choices) => choices.length > 0)
    ? { id: String(id ?? ""), at, data, annotations: read }
    : undefined;
}

function choicesIn({ was_cancelled: wasCancelled, result }: JsonObject): Choice[] {
  const results = wasCancelled === true ? [] : objectsIn(result);
  return results.map(readResult).filter((choice) => choice !== undefined);
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

/** Reads an annotation of the export JSON-MIN; undefined where it compares nothing. */
export function readAnnotation(value: JsonObject, at: Location): JudgedTask | undefined {
  const choices: Choice[] = [];
  const data: [string, JsonValue][] = [];
  for (const [name, member] of Object.entries(value)) {
    const choice = readMinimal(member);
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
