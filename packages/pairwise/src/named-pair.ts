import { type AnswerLayout, answerLayout } from "./answer-layout.ts";
import { type ContextMapping, mapContext } from "./context-mapping.ts";
import type { PairwiseMappingOptions } from "./mapping-options.ts";
import { answerMapping, findNamedAnswers, type NamedAnswers } from "./named-answers.ts";
import { repeatedPrompt } from "./repeated-prompt.ts";
import type { RowSample } from "./row-sample.ts";
import type { ShapeClaim } from "./shape.ts";

/** A named better and worse answer, and what they reply to. */
export interface NamedPair {
  readonly answers: NamedAnswers;
  readonly context: ContextMapping;
  /** Where their prompt is. */
  readonly layout: AnswerLayout;
  readonly options: PairwiseMappingOptions;
}

/** Finds a named better and worse answer with their context; undefined where there are none. */
export function findNamedPair(sample: RowSample, options: PairwiseMappingOptions): NamedPair | undefined {
  const answers = findNamedAnswers(sample, options);
  if (answers === undefined) {
    return undefined;
  }
  const context = mapContext(sample, options, [answers.preferred.name, answers.nonPreferred.name]);
  return { answers, context, layout: answerLayout(sample, answers, context), options };
}

const besideRoles: ReadonlySet<string> = new Set(["system", "tools", "media"]);

/** The claim on answers that have their prompt in front of them; what they are completes its `why`. */
export function claimWhole(
  sample: RowSample,
  { answers, context, options }: NamedPair,
  { confidence, what }: { confidence: number; what: string },
): ShapeClaim {
  const { preferred, nonPreferred } = answers;
  const beside = context.mapping.filter(({ role }) => besideRoles.has(role));
  return {
    confidence,
    why: `${preferred.name} and ${nonPreferred.name} ${what}`,
    mapping: [...answerMapping(sample, answers), ...beside, ...repeatedPrompt(sample, options)],
  };
}
