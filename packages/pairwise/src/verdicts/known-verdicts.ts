import type { JsonObject } from "@dpo-kit/schema";
import type { AnswerColumns } from "../candidates/answer-columns.ts";
import { findColumnName, ownMember } from "../candidates/member.ts";
import { understands } from "./read-verdict.ts";
import { verdictNumber } from "./side.ts";
import { codesOf, type VerdictRule } from "./verdict-rule.ts";

/** What a verdict is looked for in. */
export interface VerdictPlace {
  readonly columns: readonly string[];
  readonly answers: AnswerColumns;
  readonly rows: readonly JsonObject[];
}

type Find = (place: VerdictPlace) => VerdictRule | undefined;

/** A verdict whose columns mean one thing wherever they are seen, if there is one that the rows bear out. */
export function findKnownVerdict(place: VerdictPlace): VerdictRule | undefined {
  for (const find of known) {
    const rule = find(place);
    if (rule !== undefined && understands(rule, place.rows)) {
      return rule;
    }
  }
  return undefined;
}

/** LMSYS: `winner_model_a`, `winner_model_b`, `winner_tie`, one of which is 1. */
const findOneHot: Find = ({ columns, answers }) => {
  const [one, other] = findMarked(columns, answers, ["winner_model_#", "winner_#", "winner_response_#"]);
  const tie = findColumnName(columns, ["winner_tie"]);
  if (one === undefined || other === undefined) {
    return undefined;
  }
  const set = tie === undefined ? [one, other] : [one, other, tie];
  return { kind: "one-hot", columns: set, why: `one of ${set.join(", ")} is 1` };
};

/** PandaLM: `annotator1` and more. https://github.com/WeOpenML/PandaLM */
const findAnnotators: Find = ({ columns, answers }) => {
  const judges = columns.filter((name) => /^annotator[ _]?\d+$/iu.test(name));
  if (judges.length < 2 || answers.marks[0] !== "1") {
    return undefined;
  }
  const why = `most of ${judges.join(", ")} decide, where 1 and 2 name an answer and 0 is a tie`;
  return { kind: "codes", columns: judges, codes: codesOf({ 1: "first", 2: "second", 0: "tie" }), why };
};

/** HelpSteer2 and 3: from -3, the first is much better, to 3. https://huggingface.co/datasets/nvidia/HelpSteer3 */
const findStrength: Find = ({ columns, answers }) => {
  const column = findColumnName(columns, ["overall_preference", "preference_strength"]);
  return column === undefined || answers.marks[0] !== "1"
    ? undefined
    : { kind: "strength", columns: [column], why: `${column} is below 0 where the first is better` };
};

/**
 * AlpacaEval: a number from 1, the first, to 2, the second; 1.5 and, in older files, 0 are draws, null is a
 * judge that failed. https://github.com/tatsu-lab/alpaca_eval
 */
const findSoft: Find = ({ columns, answers, rows }) => {
  const column = findColumnName(columns, ["preference"]);
  if (column === undefined || answers.stem !== "output" || answers.marks[0] !== "1") {
    return undefined;
  }
  const isNamed = findColumnName(columns, ["generator_1"]) !== undefined;
  const numbers = rows.map((row) => verdictNumber(ownMember(row, column)));
  // 0, 1 and 2 alone may be anybody's codes: 0 is a draw only where the other columns are AlpacaEval's.
  return numbers.includes(0) && !isNamed
    ? undefined
    : { kind: "soft", columns: [column], why: `${column} runs from 1, the first, to 2, the second` };
};

/** SHP: `labels` is 1 where A is better. https://huggingface.co/datasets/stanfordnlp/SHP */
const findReferenceLabels: Find = ({ columns, answers }) => {
  const column = findColumnName(columns, ["labels"]);
  if (column === undefined || answers.stem !== "humanref") {
    return undefined;
  }
  const why = `${column} beside ${answers.first} is 1 for the first and 0 for the second`;
  return { kind: "codes", columns: [column], codes: codesOf({ 1: "first", 0: "second" }), why };
};

/** HALOs: rows of the type `pairwise_feedback` say 1 for output_A. https://github.com/ContextualAI/HALOs */
const findPairwiseFeedback: Find = ({ columns, answers, rows }) => {
  const column = findColumnName(columns, ["label"]);
  const isFeedback = rows.length > 0 && rows.every((row) => ownMember(row, "type") === "pairwise_feedback");
  if (column === undefined || !isFeedback || answers.marks[0] !== "a") {
    return undefined;
  }
  const codes = codesOf({ 1: "first", 0: "second", "-1": "second" });
  return {
    kind: "codes",
    columns: [column],
    codes,
    why: `${column} of pairwise_feedback is 1 for the first`,
  };
};

/** How many judges chose each: `n_annotators_pref_0` and `n_annotators_pref_1`. */
const findVotes: Find = ({ columns, answers }) =>
  byNumbers(
    findMarked(columns, answers, ["n_annotators_pref_#", "votes_#", "n_votes_#", "num_votes_#", "@_#_votes"]),
  );

const known: readonly Find[] = [
  findOneHot,
  findAnnotators,
  findStrength,
  findSoft,
  findReferenceLabels,
  findPairwiseFeedback,
  findVotes,
];

/** Two scores, one for each answer: `score_0` and `score_1`, `candidate0_score`, `reward_A`. */
export const findScores: Find = ({ columns, answers }) =>
  byNumbers(
    findMarked(columns, answers, [
      "score_#",
      "@_#_score",
      "orig_score_#",
      "rating_#",
      "@_#_rating",
      "reward_#",
      "@_#_reward",
    ]),
  );

function byNumbers([one, other]: readonly (string | undefined)[]): VerdictRule | undefined {
  return one === undefined || other === undefined
    ? undefined
    : { kind: "numbers", columns: [one, other], why: `the higher of ${one} and ${other} wins` };
}

/** The columns of both answers by a pattern: `#` is the mark, `@` the name of the answers. */
export function findMarked(
  columns: readonly string[],
  { marks, stem }: AnswerColumns,
  patterns: readonly string[],
): (string | undefined)[] {
  const found = patterns.map((pattern) =>
    marks.map((mark) => findColumnName(columns, [pattern.replace("#", mark).replace("@", stem)])),
  );
  return found.find((names) => !names.includes(undefined)) ?? [undefined, undefined];
}
