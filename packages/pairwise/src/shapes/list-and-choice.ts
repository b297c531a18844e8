import type { JsonObject, JsonValue } from "@dpo-kit/schema";
import { listNames } from "../candidates/answer-values.ts";
import { type DecidedClaim, listClaim } from "../candidates/list-claim.ts";
import { answerNames, findColumnName, ownMember } from "../candidates/member.ts";
import { findPost, readPost } from "../candidates/summarised-post.ts";
import type { PairwiseMappingOptions } from "../mapping-options.ts";
import { readContext, readTools } from "../read-context.ts";
import { kindOf, type RowSample } from "../row-sample.ts";
import { columnOf, type NeededFlag, type PairwiseShape, type RowContext, type RowReading } from "../shape.ts";
import { isNoVerdict, verdictNumber } from "../verdicts/side.ts";

/** A prompt, a list of answers and the number of the best: the comparisons of summarize_from_feedback. */
export const listAndChoice: PairwiseShape = {
  id: "list-and-choice",
  title: "A prompt, a list of answers and the number of the best: summaries, choice",
  family: "L",
  detect,
  compare,
};

/** What the number of the best is called: what the user calls it, else what is known. */
function choiceNames({ verdict }: PairwiseMappingOptions): readonly string[] {
  return verdict === undefined
    ? ["choice", "best", "best_index", "chosen_index", "chosen"]
    : [verdict.column];
}

/** The number that the first answer has: 0 or 1. Plain data. */
interface ChoiceClaim extends DecidedClaim {
  readonly base: number | undefined;
}

function detect(sample: RowSample, options: PairwiseMappingOptions): ChoiceClaim | undefined {
  const names = sample.columns.map(({ name }) => name);
  const lists = names.filter((name) => sample.rows.some((row) => isAnswers(ownMember(row, name))));
  const column = findColumnName(lists, answerNames(options, listNames));
  const numbers = names.filter((name) =>
    sample.rows.some((row) => verdictNumber(ownMember(row, name)) !== undefined),
  );
  const choice = findColumnName(numbers, choiceNames(options));
  if (column === undefined || choice === undefined) {
    return undefined;
  }
  const base = baseOf(column, choice, options);
  const counted = base === undefined ? "" : `, counted from ${base}`;
  const why = `${choice} is the number of the best of ${column}${counted}`;
  const mapping = [
    { role: "answers", column },
    { role: "choice", column: choice },
  ];
  const needsFlag = base === undefined ? fromWhere(sample.rows, column, choice) : undefined;
  const claim = listClaim(sample, options, { why, mapping, needsFlag });
  const post = findPost(sample);
  return post.length > 0 ? { ...claim, mapping: [...post, ...mapping], needsFlag, base } : { ...claim, base };
}

function isAnswers(value: JsonValue | undefined): value is JsonValue[] {
  return Array.isArray(value) && value.length > 1 && ["texts", "objects"].includes(kindOf(value));
}

/**
 * The number of the first answer: 0 for `choice` beside `summaries`
 * (https://huggingface.co/datasets/openai/summarize_from_feedback), else what the user says it is.
 */
function baseOf(column: string, choice: string, { verdict }: PairwiseMappingOptions): number | undefined {
  const meanings = Object.entries(verdict?.meanings ?? {});
  const first = meanings.find(([, side]) => side === "first")?.[0];
  if (
    verdict !== undefined &&
    findColumnName([choice], [verdict.column]) !== undefined &&
    first !== undefined
  ) {
    return verdictNumber(first);
  }
  const isKnown = findColumnName([column], ["summaries"]) && findColumnName([choice], ["choice"]);
  return isKnown === undefined ? undefined : 0;
}

function fromWhere(rows: readonly JsonObject[], column: string, choice: string): NeededFlag {
  const named = (base: number): number =>
    rows.filter((row) => {
      const [list, number] = [ownMember(row, column), verdictNumber(ownMember(row, choice))];
      const best = (number ?? Number.NaN) - base;
      return Array.isArray(list) && best >= 0 && best < list.length;
    }).length;
  return {
    code: "PAIRWISE_VERDICT_UNKNOWN",
    message: `Nothing says from what ${choice} counts: from 0 it names an answer in ${named(0)} of ${rows.length} rows, from 1 in ${named(1)}`,
    hint: `Say which number is the first answer's: --verdict ${choice}:0=first  or  --verdict ${choice}:1=first`,
  };
}

function compare(row: JsonObject, context: RowContext): RowReading {
  const { base } = context.claim as Partial<ChoiceClaim>;
  const [column, choice] = [columnOf(context.claim, "answers"), columnOf(context.claim, "choice")];
  const answers = column === undefined ? undefined : ownMember(row, column);
  if (base === undefined || choice === undefined || !Array.isArray(answers)) {
    return { unfit: true };
  }
  const value = ownMember(row, choice);
  if (isNoVerdict(value)) {
    return { skipped: "no-verdict" };
  }
  // A number that no answer has is left to the check of verdicts, which names the row.
  const best = (verdictNumber(value) ?? Number.NaN) - base;
  const tools = readTools(row, context);
  const messages = readPost(row, context) ?? readContext(row, context);
  const candidates = answers.map((_, index) => ({
    completion: context.reader.answerOf(answers, index, `${column}[${index}]`),
  }));
  const verdict = { kind: "best", best } as const;
  return {
    comparisons: [{ context: messages, candidates, verdict, ...(tools === undefined ? {} : { tools }) }],
    paths: { candidate: (index) => `${column}[${index}]` },
  };
}
