import { normaliseColumnName } from "@dpo-kit/preference";
import type { JsonObject } from "@dpo-kit/schema";
import { answerId } from "../annotations/annotated-task.ts";
import { asksForWorse, offeredBeside } from "../annotations/offered-fields.ts";
import type { Judgement } from "../model/judgement.ts";
import { answerNames } from "./answer-names.ts";
import type { Response } from "./read-response.ts";

/** What annotators chose by the name of a field, and the fields that they chose between. */
export interface FieldChoices {
  readonly fields: readonly string[];
  readonly judgements: readonly Judgement[];
}

/**
 * Reads the answers to questions whose labels are the names of fields, such as `preference: response_2`: the field
 * that is named beats every other one of its kind, or those that were asked for. Who answers `tie` prefers none.
 * Undefined where a field was chosen, and over which others is not known.
 */
export function readChoices(
  responses: readonly Response[],
  fields: JsonObject,
  asked: readonly string[] = [],
): FieldChoices | undefined {
  const names = answerNames(fields);
  const chosen = responses
    .filter(({ question }) => !asksForWorse(question))
    .flatMap((response) => choiceOf(response, names));
  const winners = chosen.flatMap(({ winner }) => winner ?? []);
  const offered = winners.length === 0 ? [] : offeredBeside(winners, names, asked);
  return offered === undefined
    ? undefined
    : { fields: offered, judgements: chosen.flatMap(({ winner }) => votesFor(winner, offered)) };
}

const forBetter = /prefer|better|best|choice|choose|chosen|compar|winn|which/iu;
const ties: ReadonlySet<string> = new Set(["tie", "equal", "same", "both", "neither", "none"]);

function choiceOf({ question, value }: Response, names: readonly string[]): { winner?: string }[] {
  const label = typeof value === "string" ? normaliseColumnName(value) : "";
  const winner = names.find((name) => normaliseColumnName(name) === label);
  if (winner !== undefined) {
    return [{ winner }];
  }
  return ties.has(label) && forBetter.test(question) ? [{}] : [];
}

function votesFor(winner: string | undefined, offered: readonly string[]): Judgement[] {
  if (winner === undefined) {
    return [{ kind: "none", reason: "tie" }];
  }
  return offered
    .filter((name) => name !== winner)
    .map((loser) => ({ kind: "vote", winner: answerId(winner), loser: answerId(loser) }));
}
