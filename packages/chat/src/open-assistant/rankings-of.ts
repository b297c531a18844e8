import type { Ranking } from "../model/judgement.ts";
import type { Reply } from "./list-replies.ts";

/**
 * The rankings of a tree: of the ranked answers to one message each. What users wrote is ranked as well; those are
 * different prompts, and nothing is compared.
 */
export function rankingsOf(replies: readonly Reply[]): Ranking[] {
  const ranked = new Map<string, { turn: string; rank: number }[]>();
  for (const { id, parent, isUsers, rank } of replies) {
    if (!isUsers && parent !== null && rank !== undefined) {
      const items = ranked.get(parent) ?? [];
      ranked.set(parent, items);
      items.push({ turn: id, rank });
    }
  }
  return [...ranked.values()].filter((items) => items.length > 1).map((items) => ({ kind: "rank", items }));
}
