import type { PromptPair } from "./prompt-pair.ts";
import { type Edge, strongComponents } from "./strong-components.ts";

/** All pairs that prefer one answer to another, under one prompt. */
export interface Preference extends Edge {
  /** In the order of the input. */
  readonly pairs: readonly PromptPair[];
}

/** What the pairs of one prompt prefer to what. */
export interface PromptGraph {
  /** How many answers there are: the nodes. */
  readonly answers: number;
  /** In the order of their first pairs. */
  readonly preferences: readonly Preference[];
}

/** The graph of the pairs of one prompt. */
export function promptGraph(pairs: readonly PromptPair[]): PromptGraph {
  const nodes = new Map<string, number>();
  const byEdge = new Map<number, { from: number; to: number; pairs: PromptPair[] }>();
  const nodeOf = (key: string): number => {
    const known = nodes.get(key) ?? nodes.size;
    nodes.set(key, known);
    return known;
  };
  for (const pair of pairs) {
    const from = nodeOf(pair.preferredKey);
    const to = nodeOf(pair.nonPreferredKey);
    const preference = byEdge.get(edgeName(from, to)) ?? { from, to, pairs: [] };
    preference.pairs.push(pair);
    byEdge.set(edgeName(from, to), preference);
  }
  return { answers: nodes.size, preferences: [...byEdge.values()] };
}

/** A name for each edge: a finite number of answers fits into memory, far below the square root of 2^53. */
function edgeName(from: number, to: number): number {
  return from * 2 ** 26 + to;
}

/** Finds the preference that states the opposite of another; itself where an answer is preferred to itself. */
export function oppositeFinder(
  preferences: readonly Preference[],
): (of: Preference) => Preference | undefined {
  const byEdge = new Map(preferences.map((each) => [edgeName(each.from, each.to), each]));
  return ({ from, to }) => byEdge.get(edgeName(to, from));
}

/** Those preferences that lie on a cycle, of whatever length, by their strongly connected component. */
export function cyclicPreferences({ answers, preferences }: PromptGraph): Map<number, Preference[]> {
  const component = strongComponents(answers, preferences);
  const cyclic = new Map<number, Preference[]>();
  for (const preference of preferences) {
    const { from, to } = preference;
    if (component[from] === component[to]) {
      const members = cyclic.get(component[from]!) ?? [];
      members.push(preference);
      cyclic.set(component[from]!, members);
    }
  }
  return cyclic;
}
