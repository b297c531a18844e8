import { memberPath } from "../json-path.ts";
import { oldNames } from "../rules/check-shape.ts";
import { isObject, OUTPUT_KEYS, type UnknownObject } from "../rules/line-parts.ts";
import { mapMember, mapMembers } from "./copy-object.ts";
import type { FixChange } from "./fix-change.ts";

/**
 * Keys that tools and exports put beside an example and that say nothing of it that is trained on. They are
 * removed from the top level of a line; every provider refuses them.
 */
export const metadataKeys: ReadonlySet<string> = new Set([
  "id",
  "_id",
  "uid",
  "uuid",
  "idx",
  "index",
  "row_id",
  "row_index",
  "example_id",
  "sample_id",
  "conversation_id",
  "prompt_id",
  "custom_id",
  "key",
  "hash",
  "metadata",
  "meta",
  "extra_info",
  "source",
  "source_id",
  "dataset",
  "dataset_name",
  "origin",
  "license",
  "url",
  "split",
  "score",
  "scores",
  "score_diff",
  "score_chosen",
  "score_rejected",
  "chosen_score",
  "rejected_score",
  "preferred_score",
  "non_preferred_score",
  "margin",
  "rating",
  "ratings",
  "confidence",
  "label",
  "labels",
  "category",
  "categories",
  "tag",
  "tags",
  "topic",
  "type",
  "task",
  "language",
  "lang",
  "model",
  "models",
  "annotator",
  "annotator_id",
  "annotation",
  "annotations",
  "user_id",
  "created",
  "created_at",
  "updated_at",
  "date",
  "timestamp",
  "version",
  "comment",
  "comments",
  "note",
  "notes",
  "reason",
  "rationale",
]);

const lineKeys: ReadonlySet<string> = new Set(["input", ...OUTPUT_KEYS]);
const inputKeys: ReadonlySet<string> = new Set(["messages", "tools", "parallel_tool_calls"]);

/** Old names of the outputs become the right ones, beside an input and where the right name is free. */
export function renameKeys(line: UnknownObject, changes: FixChange[]): UnknownObject {
  if (!isObject(line.input)) {
    return line;
  }
  const taken = new Set(Object.keys(line));
  return mapMembers(line, (key, value) => {
    const name = oldNames.get(key);
    if (name === undefined || taken.has(name)) {
      return [key, value];
    }
    taken.add(name);
    changes.push({ fix: "key-renamed", path: key, from: key, to: name });
    return [name, value];
  });
}

/** Known metadata goes from the top level of what is an example otherwise. */
export function removeMetadata(line: UnknownObject, changes: FixChange[]): UnknownObject {
  return isExample(line) ? removeKeys(line, (key) => metadataKeys.has(key), { changes, base: "" }) : line;
}

/** Unknown keys go from the line and from its input, of what is an example otherwise. */
export function removeUnknown(line: UnknownObject, changes: FixChange[]): UnknownObject {
  if (!isExample(line)) {
    return line;
  }
  const known = removeKeys(line, (key) => !lineKeys.has(key), { changes, base: "" });
  return mapMember(known, "input", (input) =>
    isObject(input) ? removeKeys(input, (key) => !inputKeys.has(key), { changes, base: "input" }) : input,
  );
}

/** Whether a line has the three keys of an example, whatever is in them. */
export function isExample(line: UnknownObject): boolean {
  return isObject(line.input) && OUTPUT_KEYS.every((key) => line[key] !== undefined);
}

function removeKeys(
  object: UnknownObject,
  isUnwanted: (key: string) => boolean,
  { changes, base }: { changes: FixChange[]; base: string },
): UnknownObject {
  return mapMembers(object, (key, value) => {
    if (!isUnwanted(key)) {
      return [key, value];
    }
    const fix = base === "" && metadataKeys.has(key) ? "metadata-removed" : "unknown-key-removed";
    changes.push({ fix, path: memberPath(base, key) });
    return undefined;
  });
}
