import type { JsonObject, Location } from "@dpo-kit/schema";
import { answerId, recordOfTask, unknownFields } from "../annotations/annotated-task.ts";
import type { TaskFieldNames } from "../annotations/task-field-names.ts";
import type { ChatRecord } from "../chat-format.ts";
import type { Judgement } from "../model/judgement.ts";
import { type FoundAnswers, findList, findPair } from "./find-answers.ts";
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
  const kinds = new Set(annotations.flat().map(({ kind }) => kind));
  const pair = kinds.has("pairwise") ? findPair(data, names.answers) : noAnswers;
  const list = kinds.has("ranker") ? findList(data) : noAnswers;
  if (pair === undefined || list === undefined) {
    const expected = pair === undefined ? "two fields that are the answers" : "a list of answers with ids";
    return unknownFields(at, { expected, names: Object.keys(data) });
  }
  const used = new Set([...pair.fields, ...list.fields]);
  const judged = {
    id,
    at,
    fields: Object.fromEntries(Object.entries(data).filter(([name]) => !used.has(name))),
    answers: new Map([...pair.answers, ...list.answers]),
    judgements: annotations.flatMap((choices) => judgementsOf(choices, pair.fields)),
  };
  return recordOfTask(judged, names.prompt);
}

const noAnswers: FoundAnswers = { answers: [], fields: [] };

/** What one annotator says; who skipped the task prefers nothing. */
function judgementsOf(choices: readonly Choice[], pair: readonly string[]): Judgement[] {
  const judgements = choices.flatMap((choice) => judgementsIn(choice, pair));
  return judgements.length === 0 ? [{ kind: "none", reason: "skip" }] : judgements;
}

function judgementsIn(choice: Choice, pair: readonly string[]): Judgement[] {
  if (choice.kind === "ranker") {
    return choice.lists.map(({ bucket, ids }): Judgement => {
      return { kind: "rank", set: bucket, items: ids.map((id, rank) => ({ turn: answerId(id), rank })) };
    });
  }
  const { selected: placement } = choice;
  const [winner, loser] = placement === "left" ? pair : [...pair].reverse();
  return [{ kind: "vote", winner: answerId(winner!), loser: answerId(loser!), placement }];
}
