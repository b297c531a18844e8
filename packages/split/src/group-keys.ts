import { decodeSpan, type GroupColumn, type KeyHasher, type PairBatch, WORDS_PER_KEY } from "@dpo-kit/batch";
import { DataError } from "@dpo-kit/schema";
import { writeOpeningKey } from "./opening-key.ts";

/**
 * What stays together:
 * - `prompt`: pairs with the same prompt.
 * - `conversation`: pairs whose conversations open with the same user message, and so all of one conversation.
 * - `field`: pairs with the same value in this group column.
 * - `sources`: pairs of the same source; these are the names of the sources, by their numbers.
 */
export type GroupBy =
  | "prompt"
  | "conversation"
  | { readonly field: string }
  | { readonly sources: readonly string[] };

/** Gives the keys of the groups that the pairs of a batch belong to, four words a pair. */
export type GroupKeys = (batch: PairBatch) => Uint32Array;

/**
 * How the groups of pairs are told apart. Pairs without a value in the column, and without a user message,
 * are grouped by their prompt: they have no more in common than that.
 *
 * The functions it gives throw SPLIT_FIELD_UNKNOWN where a batch has no such column.
 */
export function createGroupKeys(by: GroupBy, hasher: KeyHasher): GroupKeys {
  if (by === "prompt") {
    return ({ promptKey }) => promptKey;
  }
  if (by === "conversation") {
    return (batch) => openingKeys(batch, hasher);
  }
  if ("sources" in by) {
    return (batch) => valueKeys(batch, { index: batch.sourceId, values: by.sources }, hasher);
  }
  return (batch) => valueKeys(batch, findColumn(batch, by.field), hasher);
}

/**
 * The group column of a name.
 * @throws SPLIT_FIELD_UNKNOWN
 */
export function findColumn(batch: PairBatch, name: string): GroupColumn {
  const column = batch.groups.find((group) => group.name === name);
  if (column === undefined) {
    const known = batch.groups.map((group) => group.name);
    throw new DataError("SPLIT_FIELD_UNKNOWN", {
      message: `The pairs have no field "${name}"`,
      ...(known.length === 0 ? {} : { hint: `They have ${known.join(", ")}.` }),
    });
  }
  return column;
}

function openingKeys(batch: PairBatch, hasher: KeyHasher): Uint32Array {
  const keys = batch.promptKey.slice();
  for (let pair = 0; pair < batch.count; pair += 1) {
    writeOpeningKey(hasher, decodeSpan(batch, pair, "messages"), { target: keys, at: pair * WORDS_PER_KEY });
  }
  return keys;
}

/** The key of a value is that of its UTF-8. */
function valueKeys(
  batch: PairBatch,
  { index, values }: Pick<GroupColumn, "index" | "values">,
  hasher: KeyHasher,
): Uint32Array {
  const ofValues = new Uint32Array(values.length * WORDS_PER_KEY);
  values.forEach((value, at) => {
    hasher.writeKey(utf8.encode(value), ofValues, at * WORDS_PER_KEY);
  });
  const keys = batch.promptKey.slice();
  index.forEach((value, pair) => {
    if (values[value]) {
      keys.set(ofValues.subarray(value * WORDS_PER_KEY, (value + 1) * WORDS_PER_KEY), pair * WORDS_PER_KEY);
    }
  });
  return keys;
}

const utf8 = new TextEncoder();

/** What stays together, as a plan says it. */
export function describeGroups(by: GroupBy): string {
  if (typeof by === "string") {
    return by;
  }
  return "sources" in by ? "source" : `"${by.field}"`;
}
