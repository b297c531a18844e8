import { createIssue, isBlank, type JsonObject, type Location } from "@dpo-kit/schema";
import type { ChatRecord } from "../chat-format.ts";
import { answersTo } from "../model/answers-to.ts";
import type { ChatPart } from "../model/chat-node.ts";
import type { Judgement } from "../model/judgement.ts";

/** One row of the export: a prompt, its answer, and what somebody thought of it. */
export interface RatedAnswer {
  readonly at: Location;
  readonly prompt: string;
  readonly response: string;
  /** Null where nobody rated it. */
  readonly up: boolean | null;
  /** How many files came with the prompt. */
  readonly attachments: number;
  /** Whether the export has put spaces where line breaks were. */
  readonly lineBreaksLost: boolean;
}

const ratings: ReadonlyMap<unknown, boolean> = new Map<unknown, boolean>([
  ["GOOD", true],
  ["BAD", false],
]);

/** Reads a row; undefined where it has no prompt. */
export function readAnswer(
  { prompt, response, rating, attachments }: JsonObject,
  { at, lineBreaksLost }: Pick<RatedAnswer, "at" | "lineBreaksLost">,
): RatedAnswer | undefined {
  return typeof prompt !== "string" || isBlank(prompt) || typeof response !== "string"
    ? undefined
    : {
        at,
        prompt,
        response,
        up: ratings.get(rating) ?? null,
        attachments: Array.isArray(attachments) ? attachments.length : 0,
        lineBreaksLost,
      };
}

/** Answers to one prompt. They may come from different conversations: what was said before is not known. */
export function recordOfAnswers(answers: readonly RatedAnswer[]): ChatRecord {
  const { at, prompt, attachments } = answers[0]!;
  const media = Array.from({ length: attachments }, (): ChatPart => ({ kind: "media", what: "file" }));
  const content: ChatPart[] = [...media, { kind: "text", text: prompt }];
  const conversation = answersTo(
    [{ id: "prompt", role: "user", content }],
    answers.map(({ response }, index) => ({ id: `answer-${index}`, role: "assistant", content: response })),
    { id: "", hiddenInput: true },
  );
  const judgements = answers.flatMap(({ up }, index): Judgement[] =>
    up === null ? [] : [{ kind: "thumb", turn: `answer-${index}`, up, contextUnknown: true }],
  );
  const isGarbled = answers.some(({ lineBreaksLost }) => lineBreaksLost);
  const record = { kind: "judged", at, conversation, judgements } as const;
  return isGarbled ? { ...record, notes: [createIssue("CHAT_LINE_BREAKS_LOST", { location: at })] } : record;
}
