import type { JsonObject, Message } from "@dpo-kit/schema";
import { answerLayout } from "../answer-layout.ts";
import { compareAnswers } from "../compare-answers.ts";
import { mapContext } from "../context-mapping.ts";
import { messagesOfRendered } from "../messages-of-text.ts";
import { answerMapping, findNamedAnswers } from "../named-answers.ts";
import { readTools, refuseMedia } from "../read-context.ts";
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
    const answers = findNamedAnswers(sample, options);
    if (answers === undefined) {
      return undefined;
    }
    const { preferred, nonPreferred } = answers;
    const context = mapContext(sample, options, [preferred.name, nonPreferred.name]);
    if (answerLayout(sample, answers, context) !== "transcripts") {
      return undefined;
    }
    const beside = context.mapping.filter(
      ({ role }) => role === "system" || role === "tools" || role === "media",
    );
    return {
      confidence: 0.85,
      why: `${preferred.name} and ${nonPreferred.name} are texts with the marks of turns, whose common turns are the prompt`,
      mapping: [...answerMapping(sample, answers), ...beside],
    };
  },
  compare(row, context) {
    const preferred = conversationOf(row, "preferred", context);
    const nonPreferred = preferred && conversationOf(row, "non_preferred", context);
    if (preferred === undefined || nonPreferred === undefined) {
      return { unfit: true };
    }
    refuseMedia(row, context);
    const tools = readTools(row, context);
    return compareAnswers(row, { context: undefined, preferred, nonPreferred, tools }, context);
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
