import type { JsonValue } from "@dpo-kit/schema";
import type { ChatRecord } from "../chat-format.ts";
import type { ChatInput } from "./chat-input.ts";

/** A part of a record, and what it has in common with the others of it. It is JSON, so that a disk can hold it. */
export interface GatheredItem<T> {
  readonly key: string;
  readonly item: T;
}

/**
 * Brings items with one key together, in whatever files they stand: a record for each key when all were read, in the
 * order of the first items. What already is a record passes at once.
 *
 * @throws GATHER_LIMIT
 */
export async function* gatherItems<T>(
  items: AsyncIterable<GatheredItem<T> | ChatRecord>,
  input: ChatInput,
  recordOf: (items: readonly T[]) => ChatRecord,
): AsyncGenerator<ChatRecord, void, undefined> {
  const store = input.store();
  try {
    let ordinal = 0;
    for await (const each of items) {
      if ("kind" in each) {
        yield each;
        continue;
      }
      await store.add({ key: each.key, ordinal, record: each.item as unknown as JsonValue });
      ordinal += 1;
    }
    for await (const { members } of store.groups()) {
      yield recordOf(members as unknown as readonly T[]);
    }
  } finally {
    await store.close();
  }
}
