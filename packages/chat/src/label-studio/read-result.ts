import { normaliseColumnName } from "@dpo-kit/preference";
import type { JsonObject, JsonValue } from "@dpo-kit/schema";
import { asksForWorse } from "../annotations/offered-fields.ts";
import { isObject } from "../input/file-sample.ts";

/** What one control of the interface says of answers. */
export type Choice =
  | { readonly kind: "pairwise"; readonly selected: "left" | "right" }
  /** A label that is the name of a field. */
  | { readonly kind: "field"; readonly field: string }
  /** Stars for one field, which the control is named after. */
  | { readonly kind: "rating"; readonly field: string; readonly name: string; readonly value: number }
  | { readonly kind: "ranker"; readonly lists: readonly RankedList[] };

/** Answers in order, the best first. */
export interface RankedList {
  /** The name of its bucket. */
  readonly bucket: string;
  readonly ids: readonly string[];
}

/**
 * Reads a result of an annotation; undefined where it compares nothing, or asks for what is worse. `fields` are the
 * names in the task's data.
 */
export function readResult(
  { type, value, from_name: from, to_name: to }: JsonObject,
  fields: readonly string[],
): Choice | undefined {
  if (!isObject(value) || asksForWorse(String(from ?? ""))) {
    return undefined;
  }
  const control = { name: String(from ?? ""), of: String(to ?? ""), fields };
  switch (type) {
    case "pairwise":
      return pairwiseOf(value.selected);
    case "ranker":
      return rankerOf(value.ranker);
    case "choices":
      return fieldOf(value.choices, control);
    case "rating":
      return ratingOf(value.rating, control);
    default:
      return undefined;
  }
}

/** Reads a control of the export JSON-MIN: what the result holds, in a list of one, or the only text in it. */
export function readMinimal(
  value: JsonValue | undefined,
  { name, fields }: { name: string; fields: readonly string[] },
): Choice | undefined {
  if (asksForWorse(name)) {
    return undefined;
  }
  const [only] = Array.isArray(value) && value.length === 1 ? value : [value];
  const control = { name, of: "", fields };
  return isObject(only)
    ? (pairwiseOf(only.selected) ?? rankerOf(only.ranker) ?? ratingOf(only.rating, control))
    : (pairwiseOf(only) ?? fieldOf(only, control));
}

/** A control, what it is put to, and the fields of the task. */
interface Control {
  readonly name: string;
  readonly of: string;
  readonly fields: readonly string[];
}

function fieldOf(choices: JsonValue | undefined, { fields }: Control): Choice | undefined {
  const [label, ...more] = Array.isArray(choices) ? choices : [choices];
  const field = fields.find((each) => each === label);
  return field === undefined || more.length > 0 ? undefined : { kind: "field", field };
}

/**
 * The control has the name of the field in its own, the longest such is meant; or it is put to it. Controls that are
 * called alike but for that, or for a number, ask the same.
 */
function ratingOf(value: JsonValue | undefined, { name, of, fields }: Control): Choice | undefined {
  const [asked, put] = [name, of].map(normaliseColumnName) as [string, string];
  const named = fields
    .map((field) => ({ field, key: normaliseColumnName(field) }))
    .filter(({ key }) => key !== "" && (asked.includes(key) || put === key))
    .sort((one, other) => other.key.length - one.key.length)[0];
  return typeof value !== "number" || named === undefined
    ? undefined
    : { kind: "rating", field: named.field, name: asked.replace(named.key, "").replace(/\d+$/u, ""), value };
}

function pairwiseOf(selected: JsonValue | undefined): Choice | undefined {
  return selected === "left" || selected === "right" ? { kind: "pairwise", selected } : undefined;
}

/** Items that were never moved. https://labelstud.io/tags/ranker.html */
const NOT_RANKED = "_";

/** One list in order, or several buckets: the answers in one are in order, the buckets themselves are not. */
function rankerOf(ranker: JsonValue | undefined): Choice | undefined {
  const buckets: [string, JsonValue][] = Array.isArray(ranker)
    ? [["", ranker]]
    : isObject(ranker)
      ? Object.entries(ranker)
      : [];
  const lists = buckets
    .filter(([name]) => name !== NOT_RANKED)
    .map(([bucket, ids]) => ({ bucket, ids: Array.isArray(ids) ? ids.map(String) : [] }))
    .filter(({ ids }) => ids.length > 1);
  return buckets.length === 0 ? undefined : { kind: "ranker", lists };
}
