import type { JsonValue } from "@dpo-kit/schema";
import type { ChatRecord } from "../chat-format.ts";
import type { ChatInput } from "../input/chat-input.ts";
import { inputKey, recordOfCalls, type TracedCall } from "./traced-call.ts";

/**
 * Brings calls of equal input together, in whatever files and sessions they stand: a record for each input, when all
 * calls were read, in the order of the first calls. Records that are no calls pass at once.
 *
 * @throws GATHER_LIMIT
 */
export async function* gatherCalls(
  calls: AsyncIterable<TracedCall | ChatRecord>,
  input: ChatInput,
): AsyncGenerator<ChatRecord, void, undefined> {
  const store = input.store();
  try {
    let ordinal = 0;
    for await (const call of calls) {
      if ("kind" in call) {
        yield call;
        continue;
      }
      await store.add({ key: inputKey(call), ordinal, record: call as unknown as JsonValue });
      ordinal += 1;
    }
    for await (const { members } of store.groups()) {
      yield recordOfCalls(members as unknown as TracedCall[]);
    }
  } finally {
    await store.close();
  }
}
