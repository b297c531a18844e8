import type { JsonObject } from "@dpo-kit/schema";
import type { OddMember } from "../annotations/refused-task.ts";
import { isObject } from "../input/file-sample.ts";

/** What is not laid out as Argilla lays out records; undefined where all is, and in rows of data sets. */
export function findDamage({ fields, responses }: JsonObject): OddMember | undefined {
  if (fields === undefined && responses === undefined) {
    return undefined;
  }
  if (!isObject(fields)) {
    return { name: "fields", expected: "an object of texts", found: fields };
  }
  if (typeof responses !== "object" || responses === null) {
    const isMissing = responses === undefined || responses === null;
    return isMissing ? undefined : { name: "responses", expected: "responses by question", found: responses };
  }
  const odd = Array.isArray(responses)
    ? undefined
    : Object.entries(responses).find(([, list]) => list !== null && !Array.isArray(list));
  return odd === undefined
    ? undefined
    : { name: `responses.${odd[0]}`, expected: "a list of responses", found: odd[1] };
}
