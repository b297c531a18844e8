import type { JsonObject } from "@dpo-kit/schema";
import { compareAnswers } from "../compare-answers.ts";
import { messagesOfText } from "../messages-of-text.ts";
import { answerMapping, hasColumns } from "../named-answers.ts";
import { findNamedPair } from "../named-pair.ts";
import { withSystem } from "../read-context.ts";
import { columnOf, type NeededFlag, type PairwiseShape, type RowContext, type RowReading } from "../shape.ts";

/**
 * Two texts that begin with their prompt, or have none at all, with nothing that says where it ends. What they
 * begin with in common is no prompt, so the user must name the text that ends it.
 */
export const textsWithoutPrompt: PairwiseShape = {
  id: "texts-without-prompt",
  title: "Two texts without a prompt beside them",
  family: "P",
  detect(sample, options) {
    const pair = findNamedPair(sample, options);
    const isAsked = options.from === textsWithoutPrompt.id || options.promptDelimiter !== undefined;
    const isBare = pair?.layout === "answers" && !pair.context.hasPrompt;
    if (pair === undefined || !(isBare || isAsked)) {
      return undefined;
    }
    const { answers, context } = pair;
    const { preferred, nonPreferred } = answers;
    return {
      confidence: 0.5,
      why: `${preferred.name} and ${nonPreferred.name} are named as better and worse, and no column holds a prompt`,
      mapping: [
        ...answerMapping(sample, answers),
        ...context.mapping.filter(({ role }) => role === "system"),
      ],
      needsFlag: options.promptDelimiter === undefined ? askForPrompt(sample.rows.length) : undefined,
    };
  },
  compare(row, context) {
    const [better, worse] = ["preferred", "non_preferred"].map((role) => columnOf(context.claim, role));
    return hasColumns(row, better, worse) ? readRow(row, context) : { unfit: true };
  },
};

function askForPrompt(rows: number): NeededFlag {
  return {
    code: "PAIRWISE_PROMPT_UNKNOWN",
    message: `Nothing says where the prompt ends and the answers begin (${rows} rows looked at)`,
    hint: "Name the prompt's column with --columns prompt=NAME, or the text that ends the prompt with --prompt-delimiter TEXT.",
  };
}

function readRow(row: JsonObject, context: RowContext): RowReading {
  const { claim, options, reader } = context;
  const better = reader.text(row, columnOf(claim, "preferred")!) ?? "";
  const worse = reader.text(row, columnOf(claim, "non_preferred")!) ?? "";
  const cut = options.promptDelimiter === undefined ? 0 : promptEnd(better, worse, options.promptDelimiter);
  const prompt = better.slice(0, cut);
  const messages = prompt === "" ? [] : messagesOfText(prompt, reader, columnOf(claim, "preferred")!);
  return compareAnswers(
    row,
    {
      context: withSystem(messages, row, context),
      preferred: [{ role: "assistant", content: better.slice(cut) }],
      nonPreferred: [{ role: "assistant", content: worse.slice(cut) }],
    },
    context,
  );
}

/** The end of the last delimiter in what both texts begin with in common; 0 where there is none. */
function promptEnd(better: string, worse: string, delimiter: string): number {
  let common = 0;
  while (common < better.length && better[common] === worse[common]) {
    common += 1;
  }
  const found = better.slice(0, common).lastIndexOf(delimiter);
  return found === -1 ? 0 : found + delimiter.length;
}
