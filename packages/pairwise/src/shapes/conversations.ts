import { compareWhole } from "../compare-answers.ts";
import { hasColumns } from "../named-answers.ts";
import { claimWhole, findNamedPair } from "../named-pair.ts";
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
    const pair = findNamedPair(sample, options);
    const what = "hold whole conversations, whose common beginning is the prompt";
    return pair?.layout === "conversations" ? claimWhole(sample, pair, { confidence: 0.9, what }) : undefined;
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
    const preferred = reader.answer(row, better!);
    return compareWhole(row, { preferred, nonPreferred: reader.answer(row, worse!) }, context);
  },
};
