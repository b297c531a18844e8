import { columnSynonyms, parseStructuredText } from "@dpo-kit/preference";
import type { JsonObject, JsonValue, Message } from "@dpo-kit/schema";
import { type AnswerColumns, judgedColumns } from "../candidates/answer-columns.ts";
import { compareTwo, judgedClaim, partedAnswers, readJudged } from "../candidates/judged-answers.ts";
import { findColumnName, ownMember } from "../candidates/member.ts";
import { mapBeside } from "../map-beside.ts";
import type { PairwiseMappingOptions } from "../mapping-options.ts";
import { withSystem } from "../read-context.ts";
import type { RowSample } from "../row-sample.ts";
import { columnOf, type PairwiseShape, type RowContext, type RowReading, type ShapeClaim } from "../shape.ts";
import { findVerdict } from "../verdicts/find-verdict.ts";
import type { Judgement } from "../verdicts/read-verdict.ts";

/**
 * Prompt and both answers as lists with one text a turn, often as JSON in a text: the Chatbot Arena data of
 * 55,000 rows. Only where all three are such lists of one length: an answer that is JSON by itself stays text.
 */
export const twoTurnLists: PairwiseShape = {
  id: "two-turn-lists",
  title:
    "Prompt and two answers as lists of turns, and a verdict: prompt, response_a, response_b, winner_model_a",
  family: "W",
  detect,
  compare,
};

function detect(sample: RowSample, options: PairwiseMappingOptions): ShapeClaim | undefined {
  const columns = sample.columns.map(({ name }) => name);
  const prompt = findColumnName(columns, promptNames(options));
  for (const answers of judgedColumns(columns, options, twoTurnLists.id)) {
    const isTurns = prompt !== undefined && sample.rows.length > 0;
    if (isTurns && sample.rows.every((row) => turnsOf(row, prompt, answers) !== undefined)) {
      const verdict = findVerdict({ columns, answers, rows: sample.rows }, options.verdict);
      const claim = judgedClaim(sample, answers, verdict);
      const context = [{ role: "prompt", column: prompt }, ...mapBeside(sample, options)];
      return claim && { ...claim, mapping: [...context, ...claim.mapping] };
    }
  }
  return undefined;
}

function promptNames({ columns }: PairwiseMappingOptions): readonly string[] {
  return typeof columns?.prompt === "string"
    ? [columns.prompt]
    : columnSynonyms.prompt.map(({ name }) => name);
}

type Turns = readonly (string | null)[];

function turnsOf(row: JsonObject, prompt: string, { first, second }: AnswerColumns): Turns[] | undefined {
  const lists = [prompt, first, second].map((name) => listOf(ownMember(row, name)));
  const [asked, one, other] = lists;
  if (asked === undefined || one === undefined || other === undefined) {
    return undefined;
  }
  return asked.length > 0 && asked.length === one.length && asked.length === other.length
    ? [asked, one, other]
    : undefined;
}

function listOf(value: JsonValue | undefined): Turns | undefined {
  const list = typeof value === "string" ? parseStructuredText(value)?.value : value;
  const isTurns = Array.isArray(list) && list.every((turn) => typeof turn === "string" || turn === null);
  return isTurns ? (list as Turns) : undefined;
}

function compare(row: JsonObject, context: RowContext): RowReading {
  return readJudged(row, context, ({ answers }, judgement) => {
    const prompt = columnOf(context.claim, "prompt");
    const turns = prompt === undefined ? undefined : turnsOf(row, prompt, answers);
    return turns === undefined ? { unfit: true } : compareTurns(turns, judgement, row, context);
  });
}

function compareTurns(
  turns: readonly Turns[],
  judgement: Judgement,
  row: JsonObject,
  context: RowContext,
): RowReading {
  const [asked, first, second] = turns as [Turns, Turns, Turns];
  const shared = sharedTurns(first, second);
  const isWhole = shared === asked.length - 1;
  if (!isWhole && context.options.onDivergence !== "first-turn") {
    return partedAnswers(judgement);
  }
  context.reader.changed("turns-to-messages", 3);
  const before = asked.slice(0, shared).flatMap((text, turn) => [user(text), ...answer(first[turn])]);
  const messages = withSystem([...before, user(asked[shared])], row, context);
  const answers = { context: messages, first: answer(first[shared]), second: answer(second[shared]) };
  return compareTwo(answers, judgement, row, context);
}

/** How many turns both sides answer alike, the last one left out. */
function sharedTurns(first: Turns, second: Turns): number {
  const differs = first.findIndex((text, turn) => text !== second[turn]);
  return differs === -1 ? first.length - 1 : differs;
}

function user(text: string | null | undefined): Message {
  return { role: "user", content: text ?? "" };
}

function answer(text: string | null | undefined): Message[] {
  return typeof text === "string" ? [{ role: "assistant", content: text }] : [];
}
