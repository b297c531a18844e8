import { createIssue, type JsonObject, type Location } from "@dpo-kit/schema";
import { answerId, recordOfTask } from "../annotations/annotated-task.ts";
import type { TaskFieldNames } from "../annotations/task-field-names.ts";
import { type FieldRanking, readRanking } from "../argilla/read-ranking.ts";
import { type FieldRating, readRatings } from "../argilla/read-ratings.ts";
import { type ArgillaRecord, readArgillaRecord } from "../argilla/read-response.ts";
import type { ChatFormat, ChatRecord } from "../chat-format.ts";
import { firstText } from "../input/json-members.ts";
import { readEach } from "../input/read-each.ts";
import type { Judgement } from "../model/judgement.ts";

/** Records of Argilla 1 and 2. Suggestions are what models said, and are not read. https://docs.argilla.io */
export const argilla: ChatFormat = {
  id: "argilla",
  title: "an Argilla export",
  detail:
    "dataset.records.to_json(), and the records and data sets of Argilla 1: rankings of the answers, and ratings of " +
    "each. Argilla 2 leaves out the ranks, so that answers ranked alike look ordered.",
  signals: ["rank", "score"],
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
  const record = readArgillaRecord(value);
  const rankings = record === undefined ? [] : rankingsOf(record);
  const ratings = record === undefined ? [] : readRatings(record.responses, record.fields);
  if (record === undefined || (rankings.length === 0 && ratings.length === 0)) {
    return { kind: "skipped", at, reason: "no-comparison" };
  }
  const { fields } = record;
  const answered = new Set([
    ...(names.answers ?? []).filter((name) => Object.hasOwn(record.fields, name)),
    ...rankings.flatMap(({ items }) => items.map(({ field }) => field)),
    ...ratings.map(({ field }) => field),
  ]);
  const task = {
    id: firstText(value.id, value.external_id) ?? "",
    at,
    fields: Object.fromEntries(Object.entries(fields).filter(([name]) => !answered.has(name))),
    answers: new Map([...answered].map((name) => [name, firstText(fields[name]) ?? ""])),
    judgements: [...rankings.map(judgementOfRanking), ...ratings.map(judgementOfRating)],
  };
  const areRanksLost = rankings.some(({ ranksLost }) => ranksLost);
  const notes = areRanksLost ? [createIssue("CHAT_RANKS_LOST", { location: at })] : undefined;
  return recordOfTask({ ...task, notes }, names.prompt);
}

function rankingsOf({ fields, responses }: ArgillaRecord): FieldRanking[] {
  return responses.map(({ value }) => readRanking(value, fields)).filter((ranking) => ranking !== undefined);
}

function judgementOfRanking({ items }: FieldRanking): Judgement {
  return { kind: "rank", items: items.map(({ field, rank }) => ({ turn: answerId(field), rank })) };
}

function judgementOfRating({ field, name, value }: FieldRating): Judgement {
  return { kind: "score", turn: answerId(field), name, value };
}
