import type { Candidate, Comparison } from "./comparison.ts";
import type { PairSelection } from "./pair-policy.ts";

/** Two candidates that a policy compares, by index. */
export interface Compared {
  preferred: number;
  nonPreferred: number;
  /** Neither is better: no pair comes of it. */
  tie: boolean;
}

/** What a policy compares in one comparison, and the name of the rule it does it by. */
export interface Selected {
  rule: string;
  compared: Iterable<Compared>;
  /** How many are compared, known before they are made. */
  count: number;
}

/** A candidate whose place in the order is known: a higher level is better. */
interface Levelled {
  index: number;
  level: number;
}

type Order = Exclude<PairSelection, "auto">;

/** The comparisons a policy makes of the candidates, in the order of the input. */
export function selectPairs(comparison: Comparison, selection: PairSelection): Selected {
  const { candidates, verdict } = comparison;
  switch (verdict.kind) {
    case "given":
      return {
        rule: "given",
        compared: [{ preferred: verdict.preferred, nonPreferred: verdict.nonPreferred, tie: false }],
        count: 1,
      };
    case "tie":
      return { rule: "given", compared: [{ preferred: 0, nonPreferred: 1, tie: true }], count: 1 };
    case "best":
      return ofSides([verdict.best], othersThan(verdict.best, candidates.length), bestOrder(selection));
    case "alternatives":
      return ofAlternatives(verdict.preferred, verdict.nonPreferred, selection);
    default:
      return ofLevels(
        levelled(candidates, levelOf[verdict.kind]),
        selection === "auto" ? "best-worst" : selection,
      );
  }
}

/** The place of a candidate in the order that decides; undefined: it has none and is no candidate. */
const levelOf: Record<"scores" | "ranks" | "votes", (candidate: Candidate) => number | undefined> = {
  scores: ({ score }) => finite(score),
  ranks: ({ rank }) => {
    const known = finite(rank);
    return known === undefined ? undefined : -known;
  },
  votes: ({ votes }) => finite(votes),
};

function finite(value: number | null | undefined): number | undefined {
  return typeof value === "number" && Number.isFinite(value) ? value : undefined;
}

function levelled(
  candidates: readonly Candidate[],
  levelOf: (of: Candidate) => number | undefined,
): Levelled[] {
  const known: Levelled[] = [];
  for (const [index, candidate] of candidates.entries()) {
    const level = levelOf(candidate);
    if (level !== undefined) {
      known.push({ index, level });
    }
  }
  return known;
}

function ofLevels(known: readonly Levelled[], order: Order): Selected {
  if (known.length < 2) {
    return { rule: order, compared: [], count: 0 };
  }
  if (order === "all") {
    return { rule: order, compared: everyTwo(known), count: (known.length * (known.length - 1)) / 2 };
  }
  const compared = order === "adjacent" ? adjacentLevels(known) : againstBest(known, order);
  return { rule: order, compared, count: compared.length };
}

function againstBest(known: readonly Levelled[], order: "best-worst" | "best-vs-rest"): Compared[] {
  const best = known.reduce((found, each) => (each.level > found.level ? each : found));
  if (order === "best-vs-rest") {
    return known.filter((each) => each !== best).map((each) => compare(best, each));
  }
  const worst = known.reduce((found, each) => (each.level <= found.level ? each : found));
  return best.level === worst.level ? [compare(known[0]!, known.at(-1)!)] : [compare(best, worst)];
}

function adjacentLevels(known: readonly Levelled[]): Compared[] {
  const firstOf = new Map<number, Levelled>();
  for (const each of known) {
    if (!firstOf.has(each.level)) {
      firstOf.set(each.level, each);
    }
  }
  const levels = [...firstOf.values()].sort((a, b) => b.level - a.level);
  if (levels.length === 1) {
    return [compare(known[0]!, known[1]!)];
  }
  return levels.slice(1).map((worse, index) => compare(levels[index]!, worse));
}

function* everyTwo(known: readonly Levelled[]): Generator<Compared> {
  for (const [at, one] of known.entries()) {
    for (let next = at + 1; next < known.length; next += 1) {
      const other = known[next]!;
      yield other.level > one.level ? compare(other, one) : compare(one, other);
    }
  }
}

function compare(better: Levelled, worse: Levelled): Compared {
  return { preferred: better.index, nonPreferred: worse.index, tie: better.level === worse.level };
}

function ofAlternatives(
  better: readonly number[],
  worse: readonly number[],
  selection: PairSelection,
): Selected {
  if (selection !== "auto") {
    return ofSides(better, worse, selection);
  }
  const byIndex = better.length === worse.length && better.length > 1;
  return byIndex
    ? { rule: "by-index", compared: eachWithSame(better, worse), count: better.length }
    : { ...ofSides(better, worse, "all"), rule: "each-with-each" };
}

function bestOrder(selection: PairSelection): Order {
  return selection === "auto" ? "best-vs-rest" : selection;
}

/** Two levels: each of one side is better than each of the other; nothing is said within a side. */
function ofSides(better: readonly number[], worse: readonly number[], rule: Order): Selected {
  if (better.length === 0 || worse.length === 0) {
    return { rule, compared: [], count: 0 };
  }
  const first = better[0]!;
  switch (rule) {
    case "best-worst":
      return { rule, compared: [decided(first, worse.at(-1)!)], count: 1 };
    case "adjacent":
      return { rule, compared: [decided(first, worse[0]!)], count: 1 };
    case "best-vs-rest":
      return { rule, compared: eachWithEach([first], worse), count: worse.length };
    case "all":
      return { rule, compared: eachWithEach(better, worse), count: better.length * worse.length };
  }
}

function* eachWithEach(better: readonly number[], worse: readonly number[]): Generator<Compared> {
  for (const preferred of better) {
    for (const nonPreferred of worse) {
      yield decided(preferred, nonPreferred);
    }
  }
}

function eachWithSame(better: readonly number[], worse: readonly number[]): Compared[] {
  return better.map((preferred, index) => decided(preferred, worse[index]!));
}

function decided(preferred: number, nonPreferred: number): Compared {
  return { preferred, nonPreferred, tie: false };
}

function othersThan(best: number, length: number): number[] {
  return Array.from({ length }, (_, index) => index).filter((index) => index !== best);
}
