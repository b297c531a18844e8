import { createIssue, type Issue, type JsonObject, type Location } from "@dpo-kit/schema";
import type { ChatRecord } from "../chat-format.ts";
import { answersTo } from "../model/answers-to.ts";
import type { Judgement } from "../model/judgement.ts";
import { readPrompt } from "./read-prompt.ts";

/** A task of an annotation tool: answers to one prompt, and what people said of them. */
export interface AnnotatedTask {
  readonly id: string;
  readonly at: Location;
  /** What is no answer, by its name. */
  readonly fields: JsonObject;
  /** By their names. */
  readonly answers: ReadonlyMap<string, string>;
  /** They name the answers by {@link answerId}. */
  readonly judgements: readonly Judgement[];
  readonly notes?: readonly Issue[] | undefined;
}

/** What judgements name an answer by: whatever it is called, no message of the prompt has the same id. */
export function answerId(name: string): string {
  return `answer-${name}`;
}

/** A task as a conversation of one turn. `prompt`: the name of its field, where it is known. */
export function recordOfTask(task: AnnotatedTask, prompt?: string | undefined): ChatRecord {
  const { id, at, fields, answers, judgements, notes } = task;
  const input = readPrompt(fields, prompt);
  if (input === undefined) {
    return unknownFields(at, { expected: "one field that is the prompt", names: Object.keys(fields) });
  }
  const beside = [...answers].map(([name, content]) => {
    return { id: answerId(name), role: "assistant", content } as const;
  });
  const conversation = answersTo(input, beside, { id });
  const record = { kind: "judged", at, conversation, judgements } as const;
  return notes === undefined ? record : { ...record, notes };
}

/** The record of a task whose fields cannot be told apart. */
export function unknownFields(
  at: Location,
  { expected, names }: { expected: string; names: readonly string[] },
): ChatRecord {
  const found = names.length === 0 ? "no fields" : names.join(", ");
  const issue = createIssue("CHAT_FIELDS_UNKNOWN", { location: at, expected, found });
  return { kind: "rejected", at, issues: [issue] };
}
