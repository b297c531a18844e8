import {
  havePartedEarly,
  type JoinedAnswers,
  joinConversations,
  type PartedConversations,
} from "@dpo-kit/preference";
import type { JsonObject, Message } from "@dpo-kit/schema";
import { type AnswerColumns, judgedColumns } from "../candidates/answer-columns.ts";
import { compareTwo, judgedClaim, partedAnswers, readJudged } from "../candidates/judged-answers.ts";
import { ownMember } from "../candidates/member.ts";
import { mapBeside } from "../map-beside.ts";
import type { PairwiseMappingOptions } from "../mapping-options.ts";
import { withSystem } from "../read-context.ts";
import { columnNamed, type RowSample } from "../row-sample.ts";
import type { PairwiseShape, RowContext, RowReading, ShapeClaim } from "../shape.ts";
import { findVerdict } from "../verdicts/find-verdict.ts";
import { verdictNumber } from "../verdicts/side.ts";

/**
 * Two whole conversations and who won: Chatbot Arena and MT-Bench. Conversations of one turn, and those that
 * differ only in their last answer, make a pair; the others have no context in common for their last answers
 * and are dropped, unless their first answers are asked for (`onDivergence: "first-turn"`).
 */
export const twoConversations: PairwiseShape = {
  id: "two-conversations",
  title: "Two conversations and a verdict: conversation_a, conversation_b, winner",
  family: "W",
  detect,
  compare,
};

function detect(sample: RowSample, options: PairwiseMappingOptions): ShapeClaim | undefined {
  const columns = sample.columns.map(({ name }) => name);
  const answers = judgedColumns(columns, options, twoConversations.id).find(({ first, second }) =>
    [first, second].every((name) => holdsConversations(sample, name)),
  );
  if (answers === undefined) {
    return undefined;
  }
  const verdict = findVerdict({ columns, answers, rows: sample.rows }, options.verdict);
  const claim = judgedClaim(sample, answers, verdict);
  return claim && { ...claim, mapping: [...mapBeside(sample, options), ...claim.mapping] };
}

function holdsConversations(sample: RowSample, name: string): boolean {
  const kind = columnNamed(sample, name)?.kind;
  const rows = sample.rows.map((row) => ownMember(row, name));
  return (
    kind === "messages-text" ||
    (kind === "messages" && rows.some((value) => Array.isArray(value) && value.length > 1))
  );
}

function compare(row: JsonObject, context: RowContext): RowReading {
  return readJudged(row, context, ({ answers }, judgement) => {
    const joined = isPartOfMore(row) ? {} : joinSides(row, answers, context);
    const { firstTurn } = havePartedEarly(joined) ? joined : {};
    const wanted = context.options.onDivergence === "first-turn" ? firstTurn : undefined;
    const settled = havePartedEarly(joined) ? wanted : joined;
    return settled === undefined
      ? partedAnswers(judgement)
      : compareTwo(
          { ...settled, context: withSystem(settled.context, row, context) },
          judgement,
          row,
          context,
        );
  });
}

function joinSides(
  row: JsonObject,
  { first, second }: AnswerColumns,
  { reader }: RowContext,
): JoinedAnswers | PartedConversations {
  const [one, other] = [first, second].map((name) =>
    judgedPart(reader.messages(ownMember(row, name) ?? null, name, "context"), row),
  );
  return joinConversations(one!, other!);
}

/**
 * What was judged of a conversation: all of it, but with `turn: 1` the first answer only. MT-Bench shows both
 * turns in such rows too. https://huggingface.co/datasets/lmsys/mt_bench_human_judgments
 */
function judgedPart(messages: readonly Message[], row: JsonObject): readonly Message[] {
  const end = messages.findIndex(({ role }) => role === "assistant");
  return verdictNumber(ownMember(row, "turn")) === 1 && end !== -1 ? messages.slice(0, end + 1) : messages;
}

/**
 * Later votes of a session: the models change after each vote, so what both answers reply to is not in the
 * conversations themselves. https://huggingface.co/datasets/lmarena-ai/arena-human-preference-140k
 */
function isPartOfMore(row: JsonObject): boolean {
  const before = ownMember(row, "full_conversation");
  return (
    Array.isArray(before) && before.length > 0 && (verdictNumber(ownMember(row, "evaluation_order")) ?? 1) > 1
  );
}
