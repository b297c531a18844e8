import { createKeyHasher, decodeSpan, foldText, type PairBatch, WORDS_PER_KEY } from "@dpo-kit/batch";
import { jsonText, type Message } from "@dpo-kit/schema";
import type { KeysOf } from "../duplicates/first-occurrence.ts";
import { normalisedKeys } from "../duplicates/normalised-dedupe.ts";
import { textsOf } from "../near/pair-parts.ts";

/** The keys that say that two pairs, or their prompts, are the same. */
export async function overlapKeys(match: "exact" | "normalised", on: "prompt" | "pair"): Promise<KeysOf> {
  if (on === "prompt") {
    return spokenKeys(match === "exact" ? exactText : foldedText);
  }
  return match === "exact" ? ({ lineKey }) => lineKey : normalisedKeys();
}

/** The messages of a prompt that are not the system's. */
export function spokenMessages(batch: PairBatch, pair: number): Message[] {
  return decodeSpan(batch, pair, "messages").filter(({ role }) => role !== "system");
}

/** The keys of what a text makes of the messages that are not the system's. */
async function spokenKeys(textOf: (messages: readonly Message[]) => string): Promise<KeysOf> {
  const hasher = await createKeyHasher();
  const encoder = new TextEncoder();
  return (batch) => {
    const keys = new Uint32Array(batch.count * WORDS_PER_KEY);
    for (let pair = 0; pair < batch.count; pair += 1) {
      const bytes = encoder.encode(textOf(spokenMessages(batch, pair)));
      hasher.writeKey(bytes, keys, pair * WORDS_PER_KEY);
    }
    return keys;
  };
}

function exactText(messages: readonly Message[]): string {
  return jsonText(messages);
}

/** As the prompt's key is made: texts are folded, and those that fold to nothing are left out. */
function foldedText(messages: readonly Message[]): string {
  const folded = messages.map((message) => [
    message.role,
    ...textsOf([message])
      .map(foldText)
      .filter((text) => text !== ""),
  ]);
  return JSON.stringify(folded);
}
