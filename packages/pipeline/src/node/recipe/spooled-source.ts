import type { InputSource } from "@dpo-kit/io";
import type { FoundSource } from "../../source-set.ts";
import type { PreparedSource } from "../prepare-source.ts";
import { addChatCounts, parseChatCounts } from "./chat-counts.ts";
import { readSpool, readSpoolFacts, type SpoolFacts } from "./spool-file.ts";

/** A source whose pairs wait in a spool. */
export interface SpooledSource {
  readonly input: InputSource;
  readonly path: string;
  readonly facts: SpoolFacts;
}

/** A source that was converted into a spool, which is whole. */
export async function spooledSource(source: FoundSource, path: string): Promise<SpooledSource> {
  const { set: _, ...input } = source;
  return { input, path, facts: (await readSpoolFacts(path))! };
}

/** What is read in place of the source. */
export function prepareSpooled({ input, path, facts }: SpooledSource): PreparedSource {
  return {
    input,
    plan: facts.plan,
    async *encode({ encoder, watch, onUnpaired, chatCounts }) {
      for await (const part of readSpool(path)) {
        if (part.kind === "unpaired") {
          for (const line of part.lines) {
            onUnpaired?.(line);
          }
        } else {
          // In the spool it has no number, so that it is of use wherever it stands in the recipe.
          part.batch.sourceId.fill(encoder.sourceId ?? 0);
          yield part.batch;
        }
      }
      if (chatCounts !== undefined) {
        addChatCounts(chatCounts, parseChatCounts(facts.chatCounts));
      }
      watch.digest?.(facts.digest, facts.size);
    },
    close: async () => {},
  };
}
