import { havePartedEarly, joinContext } from "@dpo-kit/preference";
import type { JsonObject } from "@dpo-kit/schema";
import { type AnswerColumns, judgedColumns } from "../candidates/answer-columns.ts";
import { compareTwo, judgedClaim, partedAnswers, readJudged } from "../candidates/judged-answers.ts";
import { findColumnName } from "../candidates/member.ts";
import { mapContext } from "../context-mapping.ts";
import type { PairwiseMappingOptions } from "../mapping-options.ts";
import { readContext } from "../read-context.ts";
import { columnNamed, type RowSample, type ValueKind } from "../row-sample.ts";
import type { PairwiseShape, RowContext, RowReading, ShapeClaim } from "../shape.ts";
import { findVerdict } from "../verdicts/find-verdict.ts";

/**
 * A prompt, two answers side by side, and who won: AlpacaEval, HelpSteer preference, PandaLM, SHP, WebGPT,
 * JudgeBench and their kin.
 */
export const twoCandidates: PairwiseShape = {
  id: "two-candidates",
  title: "A prompt, two answers and a verdict: response_a, response_b, winner",
  family: "W",
  detect,
  compare,
};

const answerKinds: ReadonlySet<ValueKind> = new Set([
  "text",
  "texts",
  "message",
  "messages",
  "messages-text",
  "object",
]);

function detect(sample: RowSample, options: PairwiseMappingOptions): ShapeClaim | undefined {
  const columns = sample.columns.map(({ name }) => name);
  for (const answers of judgedColumns(columns, options, twoCandidates.id)) {
    const sides = [answers.first, answers.second].map((name) => columnNamed(sample, name)?.kind);
    if (sides.every((kind) => kind !== undefined && answerKinds.has(kind))) {
      const verdict = findVerdict({ columns, answers, rows: sample.rows }, options.verdict);
      const claim = judgedClaim(sample, answers, verdict);
      if (claim !== undefined) {
        return withContext(claim, sample, options, answers);
      }
    }
  }
  return undefined;
}

function withContext(
  claim: ShapeClaim,
  sample: RowSample,
  options: PairwiseMappingOptions,
  answers: AnswerColumns,
): ShapeClaim {
  const taken = [...claim.mapping.map(({ column }) => column), ...decoysOf(sample, answers)];
  const found = mapContext(sample, options, taken);
  const needsPrompt = found.hasPrompt
    ? undefined
    : ({
        code: "PAIRWISE_PROMPT_UNKNOWN",
        message: `No column is known for what ${answers.first} and ${answers.second} reply to`,
        hint: "Name it: --columns prompt=NAME",
      } as const);
  return {
    ...claim,
    mapping: [...found.mapping, ...claim.mapping],
    needsFlag: claim.needsFlag ?? found.needsFlag ?? needsPrompt,
  };
}

/** Beside Prometheus's `orig_` columns stand the text that a judge was given and what it wrote. */
function decoysOf(sample: RowSample, { stem }: AnswerColumns): string[] {
  const names = sample.columns.map(({ name }) => name);
  const isJudged = stem.startsWith("orig") && findColumnName(names, ["orig_instruction"]) !== undefined;
  return isJudged ? ["instruction", "input", "output"] : [];
}

function compare(row: JsonObject, context: RowContext): RowReading {
  return readJudged(row, context, ({ answers }, judgement) => {
    const { reader } = context;
    const [messages, first, second] = [
      readContext(row, context),
      reader.answer(row, answers.first),
      reader.answer(row, answers.second),
    ];
    const joined = joinContext(messages, first, second);
    if (havePartedEarly(joined)) {
      return partedAnswers(judgement);
    }
    reader.changed("repeated-prompt-removed", joined.repeated);
    return compareTwo(joined, judgement, row, context);
  });
}
