import {
  createPairBatchEncoder,
  emptyLedgers,
  type PairBatch,
  type PairBatchEncoderOptions,
  type UnitLedger,
} from "@dpo-kit/batch";
import type { ChatConvertOptions } from "./chat-options.ts";
import { convertChat } from "./convert-chat.ts";
import type { ChatFile } from "./input/chat-file.ts";

/** How chat logs become batches of canonical lines. Units are in the ledgers of the batches. */
export interface ChatEncodeOptions extends Omit<ChatConvertOptions, "units">, PairBatchEncoderOptions {}

/**
 * Converts chat logs to batches of canonical lines: what `convertChat` gives, checked, written and counted.
 * @throws what {@link convertChat} throws.
 */
export async function* encodeChat(
  files: readonly ChatFile[],
  options: ChatEncodeOptions = {},
): AsyncGenerator<PairBatch, void, undefined> {
  const encoder = await createPairBatchEncoder(options);
  const { units } = emptyLedgers();
  const known = { ...units };
  for await (const outcome of convertChat(files, { ...options, units })) {
    encoder.add(outcome);
    if (encoder.full) {
      encoder.addUnits(take(units, known));
    }
    while (encoder.full) {
      yield encoder.flush();
    }
  }
  encoder.addUnits(take(units, known));
  yield encoder.flush();
}

/** What was counted since the last time. An entry that has been joined meanwhile is one less that is unjoined. */
function take(units: UnitLedger, known: UnitLedger): UnitLedger {
  const taken = { ...units };
  for (const name of Object.keys(taken) as (keyof UnitLedger)[]) {
    taken[name] -= known[name];
  }
  Object.assign(known, units);
  return taken;
}
