import type { Candidate } from "@dpo-kit/preference";
import type { JsonObject, JsonValue } from "@dpo-kit/schema";
import { verdictNumber } from "../verdicts/side.ts";
import { findColumnName, isObject, ownMember } from "./member.ts";

/** What the answers of a row are called where they stand in a list, the surest first. */
export const listNames: readonly string[] = [
  "answers",
  "completions",
  "responses",
  "candidates",
  "generations",
  "outputs",
  "all_generated_responses",
  "samples",
  "replies",
  "summaries",
  "choices",
  "texts",
];

/** What the text of one answer is called, the surest first. */
export const textNames: readonly string[] = [
  "answer",
  "response",
  "completion",
  "output",
  "generation",
  "text",
  "content",
  "summary",
  "reply",
];

/** What tells the order of answers: smaller is better, whether it starts at 0 or at 1. */
const rankNames: readonly string[] = ["rank", "ranks", "ranking", "rankings"];

/** What scores are called: higher is better. */
const scoreNames: readonly string[] = [
  "score",
  "scores",
  "rating",
  "ratings",
  "overall_score",
  "overall_rating",
  "overall",
  "reward",
  "rewards",
  "rm_score",
  "all_rm_scores",
  "pm_score",
  "helpfulness",
  "quality",
  "upvotes",
];

/** What decides among answers, by the name it has. Plain data. */
export interface Decider {
  readonly kind: "rank" | "score" | "annotations";
  readonly name: string;
  /** A score beside a rank: it only gives the margin. */
  readonly beside?: string | undefined;
}

/** What decides, or the names among which the user must choose. */
export type DeciderFinding =
  | { readonly found: Decider; readonly others: readonly string[] }
  | { readonly ambiguous: readonly string[] }
  | undefined;

/**
 * Finds what decides among names that hold numbers: the one the user gives; a rank; the ratings that annotators
 * gave by aspect (UltraFeedback, whose `overall_score` is wrong in places); the only score.
 */
export function findDecider(names: readonly string[], given: string | undefined): DeciderFinding {
  const scores = names.filter((name) => findColumnName([name], scoreNames) !== undefined);
  if (given !== undefined) {
    const name = findColumnName(names, [given]);
    const isRank = name !== undefined && findColumnName([name], rankNames) !== undefined;
    const others = scores.filter((score) => score !== name);
    return name === undefined ? undefined : { found: { kind: isRank ? "rank" : "score", name }, others };
  }
  const rank = findColumnName(names, rankNames);
  if (rank !== undefined) {
    const beside = scores.length === 1 ? scores[0] : undefined;
    return { found: { kind: "rank", name: rank, beside }, others: scores };
  }
  const annotations = findColumnName(names, ["annotations"]);
  if (annotations !== undefined) {
    return { found: { kind: "annotations", name: annotations }, others: scores };
  }
  const [only, ...others] = scores;
  if (only === undefined) {
    return undefined;
  }
  return others.length === 0 ? { found: { kind: "score", name: only }, others } : { ambiguous: scores };
}

/** The names of members that can decide: those that hold numbers, also as text, and annotations. */
export function decidingNames(items: readonly JsonObject[]): string[] {
  const names = [...new Set(items.flatMap((item) => Object.keys(item)))];
  return names.filter((name) =>
    items.some(
      (item) => verdictNumber(ownMember(item, name)) !== undefined || isRated(ownMember(item, name)),
    ),
  );
}

function isRated(value: JsonValue | undefined): boolean {
  return isObject(value) && annotationMean(value) !== undefined;
}

/** Score and rank of an answer whose deciding value is this. What is no number (`N/A`, null) does not decide. */
export function standingOf(
  item: JsonObject,
  { kind, name, beside }: Decider,
): Pick<Candidate, "rank" | "score"> {
  const value = ownMember(item, name);
  switch (kind) {
    case "rank": {
      const score = beside === undefined ? undefined : verdictNumber(ownMember(item, beside));
      const rank = verdictNumber(value) ?? null;
      return score === undefined ? { rank } : { rank, score };
    }
    case "annotations":
      return { score: (isObject(value) ? annotationMean(value) : undefined) ?? null };
    case "score":
      return { score: verdictNumber(value) ?? null };
  }
}

/**
 * The mean of the ratings in annotations by aspect: `{ honesty: { Rating: "4" } }`. Aspects that were not rated
 * (`N/A`) are left out. https://huggingface.co/datasets/openbmb/UltraFeedback
 */
function annotationMean(annotations: JsonObject): number | undefined {
  const ratings = Object.values(annotations).flatMap((aspect) => {
    const rating = isObject(aspect)
      ? verdictNumber(ownMember(aspect, "Rating") ?? ownMember(aspect, "rating"))
      : undefined;
    return rating ?? [];
  });
  return ratings.length === 0 ? undefined : ratings.reduce((total, each) => total + each, 0) / ratings.length;
}
