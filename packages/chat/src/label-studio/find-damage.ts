import type { JsonObject } from "@dpo-kit/schema";
import type { OddMember } from "../annotations/refused-task.ts";
import { isObject } from "../input/file-sample.ts";

/** What is not laid out as Label Studio lays out tasks; undefined where all is. */
export function findDamage({ data, annotations }: JsonObject): OddMember | undefined {
  if (!isObject(data)) {
    return { name: "data", expected: "an object of texts", found: data };
  }
  if (annotations === undefined || annotations === null) {
    return undefined;
  }
  if (!Array.isArray(annotations)) {
    return { name: "annotations", expected: "a list of annotations", found: annotations };
  }
  for (const [index, annotation] of annotations.entries()) {
    const name = `annotations[${index}]`;
    if (!isObject(annotation)) {
      return { name, expected: "an annotation", found: annotation };
    }
    const { result } = annotation;
    if (result !== undefined && result !== null && !Array.isArray(result)) {
      return { name: `${name}.result`, expected: "a list of results", found: result };
    }
  }
  return undefined;
}
