import { answerLayout } from "../answer-layout.ts";
import { compareAnswers } from "../compare-answers.ts";
import { mapContext } from "../context-mapping.ts";
import { answerMapping, findNamedAnswers, hasColumns } from "../named-answers.ts";
import { readTools, refuseMedia } from "../read-context.ts";
import { member } from "../row-reader.ts";
import { kindOf } from "../row-sample.ts";
import { columnOf, type PairwiseShape } from "../shape.ts";

/**
 * Two whole conversations, the better and the worse, as lists of messages. The prompt is what they begin with in
 * common; a prompt beside them repeats a part of it, and is passed over.
 */
export const conversations: PairwiseShape = {
  id: "conversations",
  title: "Two conversations with the prompt in front of both",
  family: "M",
  standsAlone: true,
  detect(sample, options) {
    const answers = findNamedAnswers(sample, options);
    if (answers === undefined) {
      return undefined;
    }
    const { preferred, nonPreferred } = answers;
    const context = mapContext(sample, options, [preferred.name, nonPreferred.name]);
    if (answerLayout(sample, answers, context) !== "conversations") {
      return undefined;
    }
    const beside = context.mapping.filter(
      ({ role }) => role === "system" || role === "tools" || role === "media",
    );
    return {
      confidence: 0.9,
      why: `${preferred.name} and ${nonPreferred.name} hold whole conversations, whose common beginning is the prompt`,
      mapping: [...answerMapping(sample, answers), ...beside],
    };
  },
  compare(row, context) {
    const { claim, reader } = context;
    const [better, worse] = [columnOf(claim, "preferred"), columnOf(claim, "non_preferred")];
    const kinds = [better, worse].map((column) =>
      kindOf(column === undefined ? undefined : member(row, column)),
    );
    const isText = kinds.some((kind) => kind === "text" || kind === "message");
    if (!hasColumns(row, better, worse) || isText) {
      return { unfit: true };
    }
    refuseMedia(row, context);
    const preferred = reader.answer(row, better!);
    const nonPreferred = reader.answer(row, worse!);
    const tools = readTools(row, context);
    return compareAnswers(row, { context: undefined, preferred, nonPreferred, tools }, context);
  },
};
