import type { JsonObject, JsonValue } from "@dpo-kit/schema";
import { isObject } from "../input/file-sample.ts";

/** What one control of the interface says: which of two answers is better, or lists of answers in order. */
export type Choice =
  | { readonly kind: "pairwise"; readonly selected: "left" | "right" }
  | { readonly kind: "ranker"; readonly lists: readonly RankedList[] };

/** Answers in order, the best first. */
export interface RankedList {
  /** The name of its bucket. */
  readonly bucket: string;
  readonly ids: readonly string[];
}

/** Reads a result of an annotation; undefined where it compares nothing. */
export function readResult({ type, value }: JsonObject): Choice | undefined {
  if (!isObject(value)) {
    return undefined;
  }
  return type === "pairwise"
    ? pairwiseOf(value.selected)
    : type === "ranker"
      ? rankerOf(value.ranker)
      : undefined;
}

/** Reads a control of the export JSON-MIN: what the result holds, in a list of one, or the only text in it. */
export function readMinimal(value: JsonValue | undefined): Choice | undefined {
  const [only] = Array.isArray(value) && value.length === 1 ? value : [value];
  return isObject(only) ? (pairwiseOf(only.selected) ?? rankerOf(only.ranker)) : pairwiseOf(only);
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
