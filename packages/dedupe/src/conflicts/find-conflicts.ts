import type { ConflictKind } from "./conflict.ts";
import { cyclicPreferences, oppositeFinder, type Preference, type PromptGraph } from "./prompt-graph.ts";
import type { PromptPair } from "./prompt-pair.ts";

/** A conflict by what is remembered of its pairs, which are in the order of the input. */
export interface FoundConflict {
  readonly kind: ConflictKind;
  readonly pairs: readonly PromptPair[];
}

/**
 * All conflicts of a graph. Answers that lie on common cycles make one `cycle` together, with all pairs between
 * them, if at least one of these pairs is in no contradiction: then a cycle of three or more leads over it.
 */
export function findConflicts(graph: PromptGraph): FoundConflict[] {
  const found: FoundConflict[] = [];
  const oppositeOf = oppositeFinder(graph.preferences);
  for (const preferences of cyclicPreferences(graph).values()) {
    let isCycle = false;
    for (const preference of preferences) {
      const opposite = oppositeOf(preference);
      if (preference.from === preference.to) {
        found.push(conflict("same-answer", [preference]));
      } else if (opposite === undefined) {
        isCycle = true;
      } else if (preference.from < opposite.from) {
        found.push(conflict("contradiction", [preference, opposite]));
      }
    }
    if (isCycle) {
      const between = preferences.filter(({ from, to }) => from !== to);
      found.push(conflict("cycle", between));
    }
  }
  return found.sort((one, other) => one.pairs[0]!.number - other.pairs[0]!.number);
}

function conflict(kind: ConflictKind, preferences: readonly Preference[]): FoundConflict {
  const pairs = preferences.flatMap((preference) => preference.pairs);
  return { kind, pairs: pairs.sort((one, other) => one.number - other.number) };
}
