import type { JsonObject, Message } from "@dpo-kit/schema";
import { compareWhole } from "../compare-answers.ts";
import { messagesOfRendered } from "../messages-of-text.ts";
import { claimWhole, findNamedPair } from "../named-pair.ts";
import { parseRenderedText } from "../rendered/parse-rendered-text.ts";
import { member } from "../row-reader.ts";
import { columnOf, type PairwiseShape, type RowContext } from "../shape.ts";

/**
 * Two whole conversations, each written out in one text: transcripts with `\n\nHuman:` and `\n\nAssistant:`, or a
 * chat template. They are cut at turns, never at characters.
 */
export const transcripts: PairwiseShape = {
  id: "transcripts",
  title: "Two conversations, each written out in one text",
  family: "T",
  standsAlone: true,
  detect(sample, options) {
    const pair = findNamedPair(sample, options);
    const what = "are texts with the marks of turns, whose common turns are the prompt";
    return pair?.layout === "transcripts" ? claimWhole(sample, pair, { confidence: 0.85, what }) : undefined;
  },
  compare(row, context) {
    const preferred = conversationOf(row, "preferred", context);
    const nonPreferred = preferred && conversationOf(row, "non_preferred", context);
    return preferred === undefined || nonPreferred === undefined
      ? { unfit: true }
      : compareWhole(row, { preferred, nonPreferred }, context);
  },
};

/** The messages of one side; the empty answer behind a last header is one that says nothing. */
function conversationOf(row: JsonObject, role: string, context: RowContext): Message[] | undefined {
  const column = columnOf(context.claim, role);
  const value = column === undefined ? undefined : member(row, column);
  const rendered = typeof value === "string" ? parseRenderedText(value) : undefined;
  if (rendered === undefined) {
    return undefined;
  }
  const messages = messagesOfRendered(rendered, context.reader);
  const answer: Message[] = rendered.open ? [{ role: "assistant", content: "" }] : [];
  return [...messages, ...answer];
}
