import { cyclicPreferences, oppositeFinder, type Preference, type PromptGraph } from "./prompt-graph.ts";

/** A preference that goes, and the one that stands in its place where there is one. */
export interface Overruled {
  readonly preference: Preference;
  readonly by?: Preference;
}

/**
 * What the majority overrules. Each pair is a vote. Of two opposite preferences the one with more votes stays;
 * with as many votes on each side both go. Where the rest still has cycles, preferences are taken in the order
 * of their leads (votes less opposite votes), the greatest first, and those that close a cycle with what was
 * taken before go: ranked pairs (Tideman 1987, https://doi.org/10.1007/BF00433944). Of equal leads all that lie
 * on a cycle go, so that the result does not depend on the order of the input.
 */
export function settleByMajority(graph: PromptGraph): Overruled[] {
  const overruled: Overruled[] = [];
  const oppositeOf = oppositeFinder(graph.preferences);
  const standing: Preference[] = [];
  const leadOf = (preference: Preference) =>
    preference.pairs.length - (oppositeOf(preference)?.pairs.length ?? 0);
  for (const preference of graph.preferences) {
    const lead = leadOf(preference);
    if (lead > 0) {
      standing.push(preference);
    } else {
      const by = lead < 0 ? oppositeOf(preference) : undefined;
      overruled.push(by === undefined ? { preference } : { preference, by });
    }
  }
  for (const cycle of cyclicPreferences({ ...graph, preferences: standing }).values()) {
    overruled.push(...closingCycles(graph.answers, cycle, leadOf).map((preference) => ({ preference })));
  }
  return overruled;
}

/** Those of some preferences that ranked pairs do not take. */
function closingCycles(
  answers: number,
  preferences: readonly Preference[],
  leadOf: (preference: Preference) => number,
): Preference[] {
  const gone: Preference[] = [];
  let taken: Preference[] = [];
  for (const equals of byLead(preferences, leadOf)) {
    const together = [...taken, ...equals];
    const cyclic = new Set([...cyclicPreferences({ answers, preferences: together }).values()].flat());
    const closing = new Set(equals.filter((preference) => cyclic.has(preference)));
    gone.push(...closing);
    taken = together.filter((preference) => !closing.has(preference));
  }
  return gone;
}

/** Preferences of one lead together, the greatest lead first. */
function byLead(
  preferences: readonly Preference[],
  leadOf: (preference: Preference) => number,
): Preference[][] {
  const groups = new Map<number, Preference[]>();
  for (const preference of preferences) {
    const group = groups.get(leadOf(preference)) ?? [];
    group.push(preference);
    groups.set(leadOf(preference), group);
  }
  return [...groups].sort(([one], [other]) => other - one).map(([, group]) => group);
}
