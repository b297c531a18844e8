import type { JsonObject, JsonValue } from "@dpo-kit/schema";
import { isObject } from "../input/file-sample.ts";
import { objectsIn } from "../input/json-members.ts";

/** Fields in an annotator's order. */
export interface FieldRanking {
  /** A lower rank is better. */
  readonly items: readonly { readonly field: string; readonly rank: number }[];
  /** Whether only the order is known: answers of equal rank stand in it one after the other. */
  readonly ranksLost: boolean;
}

/**
 * Reads the answer to a ranking question: names of fields, the best first (Argilla 2), or names with ranks (Argilla
 * 1). Undefined where it is no ranking of these fields.
 */
export function readRanking(value: JsonValue, fields: JsonObject): FieldRanking | undefined {
  const ranked = isObject(value) ? rankedColumns(value) : rankedList(value);
  const ranksLost = Array.isArray(value) && value.every((each) => typeof each === "string");
  const areFields = ranked.length > 1 && ranked.every(({ field }) => Object.hasOwn(fields, field));
  return areFields ? { items: ranked, ranksLost } : undefined;
}

function rankedList(value: JsonValue): { field: string; rank: number }[] {
  if (!Array.isArray(value)) {
    return [];
  }
  const isOrder = value.every((each) => typeof each === "string");
  return isOrder
    ? value.map((field, rank) => ({ field, rank }))
    : objectsIn(value).flatMap((each) => rankedItem(each.value, each.rank));
}

/** Columns of lists, as data sets write lists of objects. */
function rankedColumns({ value, rank }: JsonObject): { field: string; rank: number }[] {
  const ranks = Array.isArray(rank) ? rank : [];
  return Array.isArray(value) ? value.flatMap((field, index) => rankedItem(field, ranks[index])) : [];
}

/** What has no rank was not ranked. */
function rankedItem(
  field: JsonValue | undefined,
  rank: JsonValue | undefined,
): { field: string; rank: number }[] {
  return typeof field === "string" && typeof rank === "number" ? [{ field, rank }] : [];
}
