import { createIssue, isBlank, type JsonObject, type JsonValue, type Location } from "@dpo-kit/schema";
import { answerId, recordOfTask } from "../annotations/annotated-task.ts";
import { damagedTask } from "../annotations/refused-task.ts";
import type { ChatRecord } from "../chat-format.ts";
import { firstText, objectsIn } from "../input/json-members.ts";
import type { Judgement } from "../model/judgement.ts";
import { isCompare, readCompare, textOf } from "./read-compare.ts";

/** What one annotator said of one task. */
export interface ProdigyAnswer {
  readonly at: Location;
  readonly prompt: string;
  /** By their ids. */
  readonly answers: readonly (readonly [id: string, text: string])[];
  readonly judgements: readonly Judgement[];
}

/** Reads a line of the database; a record by itself where it compares nothing. */
export function readAnswer(task: JsonObject, at: Location): ProdigyAnswer | ChatRecord {
  const { options } = task;
  if (options !== undefined && options !== null && !Array.isArray(options)) {
    return damagedTask(at, { name: "options", expected: "a list of options", found: options });
  }
  const prompt = [task.input, task.text, task.prompt].map(textOf).find((text) => text !== undefined);
  if (prompt === undefined || isBlank(prompt)) {
    return { kind: "skipped", at, reason: "no-messages" };
  }
  return isCompare(task) ? compared(task, { at, prompt }) : chosen(task, { at, prompt });
}

/** Who does not accept a task says nothing of its answers. */
const skip: Judgement = { kind: "none", reason: "skip" };

function compared(task: JsonObject, place: Pick<ProdigyAnswer, "at" | "prompt">): ProdigyAnswer | ChatRecord {
  if (task.answer !== "accept") {
    return { ...place, answers: [], judgements: [skip] };
  }
  const texts = readCompare(task);
  if (texts === undefined) {
    const details = { location: place.at, expected: "a mapping that says which side was accepted" };
    const issue = createIssue("CHAT_FIELDS_UNKNOWN", { ...details, found: task.mapping ?? null });
    return { kind: "rejected", at: place.at, issues: [issue] };
  }
  const { better, worse } = texts;
  // The sides have no names: the text is what tells the answers of several annotators apart.
  return {
    ...place,
    answers: [better, worse].map((text) => [text, text] as const),
    judgements: [{ kind: "vote", winner: answerId(better), loser: answerId(worse) }],
  };
}

/** Exactly one accepted option beats every other one. */
function chosen(
  { options, accept, answer }: JsonObject,
  place: Pick<ProdigyAnswer, "at" | "prompt">,
): ProdigyAnswer {
  const answers = objectsIn(options).map(
    (option, index) => [idOf(option.id, index), firstText(option.text, option.html) ?? ""] as const,
  );
  const accepted = answer === "accept" && Array.isArray(accept) ? accept.map(String) : [];
  const others = answers.map(([id]) => id).filter((id) => id !== accepted[0]);
  const isOne = accepted.length === 1 && others.length === answers.length - 1 && others.length > 0;
  const votes = others.map((loser): Judgement => {
    return { kind: "vote", winner: answerId(accepted[0]!), loser: answerId(loser) };
  });
  return { ...place, answers, judgements: isOne ? votes : [skip] };
}

function idOf(id: JsonValue | undefined, index: number): string {
  return typeof id === "string" || typeof id === "number" ? String(id) : `#${index}`;
}

/** What several annotators said of one task, as one record. */
export function recordOfAnswers(given: readonly ProdigyAnswer[]): ChatRecord {
  const { at, prompt } = given[0]!;
  return recordOfTask({
    id: "",
    at,
    fields: { prompt },
    answers: new Map(given.flatMap(({ answers }) => answers)),
    judgements: given.flatMap(({ judgements }) => judgements),
  });
}
