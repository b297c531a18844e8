import { addLedgers, count, emptyLedgers, findImbalances } from "@dpo-kit/batch";
import { DataError } from "@dpo-kit/schema";
import { expect } from "vitest";
import {
  type ChatConvertOptions,
  type ChatCounts,
  type ChatFile,
  emptyChatCounts,
  encodeChat,
} from "../src/index.ts";

/**
 * Converts files; whatever they hold, either a reason is given, or all that was read is accounted for.
 * @throws what is no DataError.
 */
export async function convertAccounted(
  files: readonly ChatFile[],
  options: ChatConvertOptions,
): Promise<ChatCounts> {
  const counts = emptyChatCounts();
  const ledgers = emptyLedgers();
  try {
    for await (const batch of encodeChat(files, { ...options, counts })) {
      addLedgers(ledgers, batch.ledgers);
    }
  } catch (error) {
    if (!DataError.isInstance(error)) {
      throw error;
    }
    return counts;
  }
  count(ledgers.pairs.written, "test", ledgers.pairs.total);
  expect(findImbalances(ledgers)).toEqual([]);
  return counts;
}
