import type { JsonObject, Location } from "@dpo-kit/schema";
import { answerId, recordOfTask, unknownFields } from "../annotations/annotated-task.ts";
import { offeredBeside } from "../annotations/offered-fields.ts";
import type { TaskFieldNames } from "../annotations/task-field-names.ts";
import type { ChatRecord } from "../chat-format.ts";
import type { Judgement } from "../model/judgement.ts";
import { type FoundAnswers, findList, findPair, textsOf } from "./find-answers.ts";
import type { Choice } from "./read-result.ts";

/** A task, and what each annotation says of it: its choices, or nothing where it was skipped. */
export interface JudgedTask {
  readonly id: string;
  readonly at: Location;
  readonly data: JsonObject;
  readonly annotations: readonly (readonly Choice[])[];
}

/** The record of a task in which something is compared. */
export function recordOfJudgedTask(task: JudgedTask, names: TaskFieldNames = {}): ChatRecord {
  const { id, at, data, annotations } = task;
  const choices = annotations.flat();
  const pair = choices.some(({ kind }) => kind === "pairwise") ? findPair(data, names.answers) : noAnswers;
  const list = choices.some(({ kind }) => kind === "ranker") ? findList(data) : noAnswers;
  const chosen = findChosen(choices, data, names);
  if (pair === undefined || list === undefined || chosen === undefined) {
    const expected = list === undefined ? "a list of answers with ids" : "two fields that are the answers";
    return unknownFields(at, { expected, names: Object.keys(data) });
  }
  const used = new Set([...pair.fields, ...list.fields, ...chosen.fields]);
  const offered = { pair: pair.fields, chosen: chosen.fields };
  const judged = {
    id,
    at,
    fields: Object.fromEntries(Object.entries(data).filter(([name]) => !used.has(name))),
    answers: new Map([...pair.answers, ...list.answers, ...chosen.answers]),
    judgements: annotations.flatMap((each) => judgementsOf(each, offered)),
  };
  return recordOfTask(judged, names.prompt);
}

const noAnswers: FoundAnswers = { answers: [], fields: [] };

/** The fields that labels name, with the others of their kind, and those that have stars. */
function findChosen(
  choices: readonly Choice[],
  data: JsonObject,
  names: TaskFieldNames,
): FoundAnswers | undefined {
  const winners = choices.flatMap((choice) => (choice.kind === "field" ? choice.field : []));
  const rated = choices.flatMap((choice) => (choice.kind === "rating" ? choice.field : []));
  const candidates = Object.keys(data).filter((name) => name !== names.prompt);
  const offered = winners.length === 0 ? [] : offeredBeside(winners, candidates, names.answers);
  return offered === undefined ? undefined : textsOf(data, [...new Set([...offered, ...rated])]);
}

/** The fields between which is chosen: the two sides, the left one first, and those that labels name. */
interface Offered {
  readonly pair: readonly string[];
  readonly chosen: readonly string[];
}

/** What one annotator says; who skipped the task prefers nothing. */
function judgementsOf(choices: readonly Choice[], offered: Offered): Judgement[] {
  const judgements = choices.flatMap((choice) => judgementsIn(choice, offered));
  return judgements.length === 0 ? [{ kind: "none", reason: "skip" }] : judgements;
}

function judgementsIn(choice: Choice, { pair, chosen }: Offered): Judgement[] {
  switch (choice.kind) {
    case "ranker":
      return choice.lists.map(({ bucket, ids }): Judgement => {
        return { kind: "rank", set: bucket, items: ids.map((id, rank) => ({ turn: answerId(id), rank })) };
      });
    case "rating":
      return [{ kind: "score", turn: answerId(choice.field), name: choice.name, value: choice.value }];
    case "field":
      return chosen
        .filter((name) => name !== choice.field)
        .map((loser) => ({ kind: "vote", winner: answerId(choice.field), loser: answerId(loser) }));
    default: {
      const { selected: placement } = choice;
      const [winner, loser] = placement === "left" ? pair : [...pair].reverse();
      return [{ kind: "vote", winner: answerId(winner!), loser: answerId(loser!), placement }];
    }
  }
}
