import type { ChatCounts } from "@dpo-kit/chat";
import type { JsonObject } from "@dpo-kit/schema";
import { plainCounts } from "./plain-ledgers.ts";

/** What was found in chat logs and what became of it; counts by name. */
export type ChatSummary = ChatCounts;

/** The counts of a run, where it read chat logs. */
export function chatSummary(counts: ChatCounts): ChatSummary | undefined {
  const { conversations, joins } = counts;
  return conversations > 0 || joins.size > 0 ? counts : undefined;
}

/** The same as JSON. */
export function plainChat(counts: ChatSummary): JsonObject {
  const { dropped, filesLeftOut, joins, judgements, models, pairs, switchedOff, undecided, ...numbers } =
    counts;
  return {
    ...numbers,
    judgements: plainCounts(judgements),
    pairs: plainCounts(pairs),
    models: { ...models },
    dropped: plainCounts(dropped),
    undecided: plainCounts(undecided),
    switchedOff: plainCounts(switchedOff),
    joins: Object.fromEntries([...joins].map(([kind, join]) => [kind, { ...join }])),
    filesLeftOut: plainCounts(filesLeftOut),
  };
}
