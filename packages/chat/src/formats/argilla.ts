import { createIssue, type JsonObject, type Location } from "@dpo-kit/schema";
import { answerId, recordOfTask, unknownFields } from "../annotations/annotated-task.ts";
import { asksForWorse } from "../annotations/offered-fields.ts";
import { damagedTask } from "../annotations/refused-task.ts";
import type { TaskFieldNames } from "../annotations/task-field-names.ts";
import { findDamage } from "../argilla/find-damage.ts";
import { readChoices } from "../argilla/read-choices.ts";
import { type FieldRanking, readRanking } from "../argilla/read-ranking.ts";
import { type FieldRating, readRatings } from "../argilla/read-ratings.ts";
import { type Response, readArgillaRecord } from "../argilla/read-response.ts";
import type { ChatFormat, ChatRecord } from "../chat-format.ts";
import { firstText } from "../input/json-members.ts";
import { readEach } from "../input/read-each.ts";
import type { Judgement } from "../model/judgement.ts";

/** Records of Argilla 1 and 2. Suggestions are what models said, and are not read. https://docs.argilla.io */
export const argilla: ChatFormat = {
  id: "argilla",
  title: "an Argilla export",
  detail:
    "dataset.records.to_json(), records of Argilla 1, and rows of data sets that either pushed: rankings of the " +
    "answers, ratings of each, and labels that are the name of one. Argilla 2 leaves out the ranks, so that answers " +
    "ranked alike look ordered.",
  signals: ["vote", "rank", "score"],
  detect: ({ values }) =>
    values.some((value) => readArgillaRecord(value) !== undefined)
      ? { role: "records", why: "its records have fields, and responses to questions" }
      : undefined,
  read: (input) =>
    readEach(input, "records", (value, at) =>
      readRecord(value, { at, names: input.options.taskFields ?? {} }),
    ),
};

function readRecord(value: JsonObject, { at, names }: { at: Location; names: TaskFieldNames }): ChatRecord {
  const damage = findDamage(value);
  if (damage !== undefined) {
    return damagedTask(at, damage);
  }
  const { fields, responses } = readArgillaRecord(value) ?? { fields: {}, responses: [] };
  const submitted = responses.filter((response) => response.submitted);
  const rankings = rankingsOf(submitted, fields);
  const ratings = readRatings(submitted, fields);
  const choices = readChoices(submitted, fields, names.answers);
  if (choices === undefined) {
    return unknownFields(at, { expected: "fields that are the answers", names: Object.keys(fields) });
  }
  const judgements = [
    ...choices.judgements,
    ...rankings.map(judgementOfRanking),
    ...ratings.map(judgementOfRating),
  ];
  if (judgements.length === 0) {
    const isPending = submitted.length === 0 && responses.length > 0;
    return { kind: "skipped", at, reason: isPending ? "not-submitted" : "no-comparison" };
  }
  const answered = new Set([
    ...(names.answers ?? []).filter((name) => Object.hasOwn(fields, name)),
    ...choices.fields,
    ...rankings.flatMap(({ items }) => items.map(({ field }) => field)),
    ...ratings.map(({ field }) => field),
  ]);
  const task = {
    id: firstText(value.id, value.external_id) ?? "",
    at,
    fields: Object.fromEntries(Object.entries(fields).filter(([name]) => !answered.has(name))),
    answers: new Map([...answered].map((name) => [name, firstText(fields[name]) ?? ""])),
    judgements,
  };
  const areRanksLost = rankings.some(({ ranksLost }) => ranksLost);
  const notes = areRanksLost ? [createIssue("CHAT_RANKS_LOST", { location: at })] : undefined;
  return recordOfTask({ ...task, notes }, names.prompt);
}

function rankingsOf(responses: readonly Response[], fields: JsonObject): FieldRanking[] {
  return responses
    .filter(({ question }) => !asksForWorse(question))
    .map(({ value }) => readRanking(value, fields))
    .filter((ranking) => ranking !== undefined);
}

function judgementOfRanking({ items }: FieldRanking): Judgement {
  return { kind: "rank", items: items.map(({ field, rank }) => ({ turn: answerId(field), rank })) };
}

function judgementOfRating({ field, name, value }: FieldRating): Judgement {
  return { kind: "score", turn: answerId(field), name, value };
}
