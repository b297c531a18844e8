import type { Candidate } from "@dpo-kit/preference";
import type { JsonObject, JsonValue } from "@dpo-kit/schema";
import { findDecider, listNames, standingOf } from "../candidates/answer-values.ts";
import { type DecidedClaim, listClaim } from "../candidates/list-claim.ts";
import { listValue } from "../candidates/list-value.ts";
import { answerNames, findColumnName } from "../candidates/member.ts";
import type { PairwiseMappingOptions } from "../mapping-options.ts";
import { readContext, readTools } from "../read-context.ts";
import type { RowSample } from "../row-sample.ts";
import { columnOf, type PairwiseShape, type RowContext, type RowReading, type ShapeClaim } from "../shape.ts";
import { verdictNumber } from "../verdicts/side.ts";

/** A prompt, a list of answers and beside it a list of as many scores or ranks, as distilabel writes them. */
export const parallelLists: PairwiseShape = {
  id: "parallel-lists",
  title: "A prompt, a list of answers and a list of their scores: generations, ratings",
  family: "L",
  detect,
  compare,
};

function detect(sample: RowSample, options: PairwiseMappingOptions): ShapeClaim | undefined {
  const names = sample.columns.map(({ name }) => name);
  const numbers = names.filter((name) => sample.rows.some((row) => isNumbers(listValue(row, name))));
  const decider = findDecider(numbers, options.score);
  const column = answerNames(options, listNames)
    .flatMap((name) => findColumnName(names, [name]) ?? [])
    .find((name) => sample.rows.some((row) => isAnswers(listValue(row, name))));
  if (column === undefined || decider === undefined) {
    return undefined;
  }
  const deciding = "found" in decider ? [decider.found.name] : decider.ambiguous;
  return listClaim(sample, options, {
    why: `${deciding.join(" or ")} orders the answers in ${column}, one number for each`,
    mapping: [{ role: "answers", column }, ...deciding.map((each) => ({ role: "score", column: each }))],
    decider,
  });
}

function isNumbers(value: JsonValue | undefined): boolean {
  return (
    Array.isArray(value) &&
    value.length > 0 &&
    value.every((each) => each === null || verdictNumber(each) !== undefined)
  );
}

/** Texts, or lists of messages: what stands beside numbers as their answers. */
function isAnswers(value: JsonValue | undefined): boolean {
  const isAnswer = (each: JsonValue): boolean =>
    each === null || (typeof each === "string" ? verdictNumber(each) === undefined : Array.isArray(each));
  return Array.isArray(value) && value.length > 1 && value.every(isAnswer);
}

function compare(row: JsonObject, context: RowContext): RowReading {
  const column = columnOf(context.claim, "answers");
  const { decider } = context.claim as DecidedClaim;
  const answers = column === undefined ? undefined : listValue(row, column, context.reader);
  const numbers = decider === undefined ? undefined : listValue(row, decider.name, context.reader);
  if (!Array.isArray(answers) || decider === undefined) {
    return { unfit: true };
  }
  if (!Array.isArray(numbers) || numbers.length !== answers.length) {
    context.reader.wrong("PAIR_INVALID", decider.name, {
      message: "There is not one score for each answer",
      expected: `${answers.length} numbers`,
      found: numbers,
      hint: "Remove the row, or complete its scores.",
    });
    return { comparisons: [] };
  }
  const tools = readTools(row, context);
  const messages = readContext(row, context);
  const candidates = answers.map((answer, index): Candidate => {
    const completion = context.reader.answerOf(answers, index, `${column}[${index}]`);
    const decides = answer === null ? null : numbers[index]!;
    return { completion, ...standingOf({ [decider.name]: decides }, { ...decider, beside: undefined }) };
  });
  const verdict = { kind: decider.kind === "rank" ? "ranks" : "scores" } as const;
  return {
    comparisons: [{ context: messages, candidates, verdict, ...(tools === undefined ? {} : { tools }) }],
    paths: { candidate: (index) => `${column}[${index}]` },
  };
}
