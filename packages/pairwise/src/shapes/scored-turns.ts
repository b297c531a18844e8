import { type Candidate, type Comparison, roleOf } from "@dpo-kit/preference";
import type { JsonObject, JsonValue, Message } from "@dpo-kit/schema";
import { type Decider, decidingNames, findDecider, standingOf } from "../candidates/answer-values.ts";
import { type DecidedClaim, whichScore } from "../candidates/list-claim.ts";
import { findColumnName, isObject, ownMember } from "../candidates/member.ts";
import { mapBeside } from "../map-beside.ts";
import type { PairwiseMappingOptions } from "../mapping-options.ts";
import { readTools, withSystem } from "../read-context.ts";
import type { RowSample } from "../row-sample.ts";
import { columnOf, type PairwiseShape, type RowContext, type RowReading } from "../shape.ts";

/**
 * Conversations in which several models answer each turn and a person scores them: PRISM
 * (https://huggingface.co/datasets/HannahRoseKirk/prism-alignment). The conversation goes on from the answer that
 * was chosen, so that is what later answers reply to.
 */
export const scoredTurns: PairwiseShape = {
  id: "scored-turns",
  title: "Conversations with several scored answers in a turn: conversation_history[].score, if_chosen",
  family: "L",
  detect,
  compare,
};

const chosenNames = ["if_chosen", "is_chosen", "chosen", "selected"];

function detect(sample: RowSample, options: PairwiseMappingOptions): DecidedClaim | undefined {
  for (const { name } of sample.columns) {
    const turns = sample.rows.flatMap((row) => turnsOf(ownMember(row, name)) ?? []);
    const answers = turns.flatMap(({ answers }) => (answers.length > 1 ? answers : []));
    const decider = findDecider(decidingNames(answers), options.score);
    if (answers.length > 0 && decider !== undefined) {
      const found = "found" in decider ? decider.found : undefined;
      return {
        confidence: 0.8,
        why: `${name} has several answers in a turn, which ${found?.name ?? "scores"} orders`,
        mapping: [...mapBeside(sample, options), { role: "conversation", column: name }],
        needsFlag: "ambiguous" in decider ? whichScore(decider.ambiguous) : undefined,
        decider: found,
      };
    }
  }
  return undefined;
}

/** What is said before, and all answers to it. */
interface Turn {
  readonly before: readonly JsonObject[];
  readonly answers: readonly JsonObject[];
}

function turnsOf(value: JsonValue | undefined): Turn[] | undefined {
  const isList =
    Array.isArray(value) && value.every((each) => isObject(each) && typeof each.role === "string");
  if (!isList) {
    return undefined;
  }
  const turns: { before: JsonObject[]; answers: JsonObject[] }[] = [];
  for (const message of value as JsonObject[]) {
    const isAnswer = roleOf(message.role as string) === "assistant";
    const last = turns.at(-1);
    const isOpen = last !== undefined && (isAnswer || last.answers.length === 0);
    const turn = isOpen ? last : { before: [], answers: [] };
    turn[isAnswer ? "answers" : "before"].push(message);
    if (!isOpen) {
      turns.push(turn);
    }
  }
  return turns;
}

/** More turns than any conversation has, and few enough that the context of each fits into memory. */
const MAXIMUM_TURNS = 1_000;

function compare(row: JsonObject, context: RowContext): RowReading {
  const column = columnOf(context.claim, "conversation");
  const { decider } = context.claim as DecidedClaim;
  const turns = column === undefined ? undefined : turnsOf(ownMember(row, column));
  if (column === undefined || decider === undefined || turns === undefined) {
    return { unfit: true };
  }
  if (turns.length > MAXIMUM_TURNS) {
    context.reader.wrong("PAIR_TOO_MANY", column, { message: "The conversation is longer than any is" });
    return { comparisons: [] };
  }
  const tools = readTools(row, context);
  const paths = { prompt: column, candidate: () => column };
  const comparisons = compareTurns(turns, decider, { column, row, context }).map((each) => ({
    ...each,
    ...(tools === undefined ? {} : { tools }),
  }));
  return comparisons.length === 0 ? { skipped: "no-candidates" } : { comparisons, paths };
}

interface TurnPlace {
  readonly column: string;
  readonly row: JsonObject;
  readonly context: RowContext;
}

/** Ends where a turn has no answer that the conversation could have gone on from. */
function compareTurns(turns: readonly Turn[], decider: Decider, place: TurnPlace): Comparison[] {
  const { column, row, context } = place;
  const read = (messages: readonly JsonObject[]): Message[] =>
    context.reader.messages([...messages], column, "context");
  const comparisons: Comparison[] = [];
  let said: readonly Message[] = withSystem([], row, context);
  for (const { before, answers } of turns) {
    said = [...said, ...read(before)];
    const candidates = answers.map((answer): Candidate => {
      return { completion: read([answer]), ...standingOf(answer, decider) };
    });
    if (candidates.length > 1) {
      const kind = decider.kind === "rank" ? "ranks" : "scores";
      comparisons.push({ context: said, candidates, verdict: { kind } });
    }
    const next = chosenOf(answers);
    if (next === undefined) {
      return comparisons;
    }
    said = [...said, ...candidates[next]!.completion];
  }
  return comparisons;
}

function chosenOf(answers: readonly JsonObject[]): number | undefined {
  const chosen = answers.findIndex((answer) => {
    const name = findColumnName(Object.keys(answer), chosenNames);
    return name !== undefined && ownMember(answer, name) === true;
  });
  return answers.length === 1 ? 0 : chosen === -1 ? undefined : chosen;
}
