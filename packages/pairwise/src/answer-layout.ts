import { roleOf } from "@dpo-kit/preference";
import { type JsonObject, type JsonValue, trimWhiteSpace } from "@dpo-kit/schema";
import type { ContextMapping } from "./context-mapping.ts";
import type { NamedAnswers } from "./named-answers.ts";
import { parseRenderedText } from "./rendered/parse-rendered-text.ts";
import { member } from "./row-reader.ts";
import { kindOf, type RowSample } from "./row-sample.ts";

/** Where the prompt of two named answers is: outside of them, or in front of both as messages or as a text. */
export type AnswerLayout = "answers" | "conversations" | "transcripts";

/**
 * What most rows of a sample hold in their answers. Where a prompt stands beside them, texts with the marks of turns
 * are transcripts only if they hold that prompt too: an answer may well be about questions and answers.
 */
export function answerLayout(
  sample: RowSample,
  answers: NamedAnswers,
  { mapping }: Pick<ContextMapping, "mapping">,
): AnswerLayout {
  const prompt = mapping.find(({ role }) => role === "prompt")?.column;
  const layout = mostFrequentLayout(sample, answers, prompt !== undefined);
  const isElsewhere = prompt !== undefined && !holdPrompt(sample, answers.preferred.name, prompt);
  return layout === "transcripts" && isElsewhere ? "answers" : layout;
}

function holdPrompt({ rows }: RowSample, answer: string, prompt: string): boolean {
  const held = rows.filter((row) => {
    const [asked, answered] = [member(row, prompt), member(row, answer)];
    const words = typeof asked === "string" ? trimWhiteSpace(asked) : "";
    return typeof answered === "string" && answered.includes(words);
  });
  return held.length * 2 >= rows.length;
}

function mostFrequentLayout(
  { rows }: RowSample,
  { preferred, nonPreferred }: NamedAnswers,
  hasPrompt: boolean,
): AnswerLayout {
  const counts = { answers: 0, conversations: 0, transcripts: 0 };
  for (const row of rows) {
    const layout = layoutOf(member(row, preferred.name), member(row, nonPreferred.name), hasPrompt);
    if (layout !== undefined) {
      counts[layout] += 1;
    }
  }
  const others = ["transcripts", "conversations"] as const;
  return others.reduce<AnswerLayout>(
    (most, each) => (counts[each] > 0 && counts[each] >= counts[most] ? each : most),
    "answers",
  );
}

function layoutOf(
  better: JsonValue | undefined,
  worse: JsonValue | undefined,
  hasPrompt: boolean,
): AnswerLayout | undefined {
  const kinds = [kindOf(better), kindOf(worse)];
  if (kinds.includes("null")) {
    return undefined;
  }
  if (kinds.every((kind) => kind === "messages" || kind === "turns")) {
    const [first, second] = [better as JsonValue[], worse as JsonValue[]];
    return areConversations(first, second, hasPrompt) ? "conversations" : "answers";
  }
  if (kinds.every((kind) => kind === "messages-text")) {
    return "conversations";
  }
  const texts = typeof better === "string" && typeof worse === "string";
  return texts && isConversation(better) && isConversation(worse) ? "transcripts" : "answers";
}

function isConversation(text: string): boolean {
  const rendered = parseRenderedText(text);
  const last = rendered?.turns.at(-1)?.role;
  return rendered !== undefined && rendered.turns.length > 0 && (rendered.open || last === "assistant");
}

/**
 * Both begin with somebody other than the assistant, or with the same message; beside a prompt that may be a call
 * of the assistant's, which both answers begin with.
 */
function areConversations(
  better: readonly JsonValue[],
  worse: readonly JsonValue[],
  hasPrompt: boolean,
): boolean {
  if (better.length < 2 && worse.length < 2) {
    return false;
  }
  return [better, worse].every(([first]) => isAsked(first)) || (!hasPrompt && isSame(better[0], worse[0]));
}

function isAsked(message: JsonValue | undefined): boolean {
  const turn = (message ?? {}) as JsonObject;
  const role = typeof turn.role === "string" ? turn.role : turn.from;
  // Turns that hold question and answer have no role, and begin with the question.
  return typeof role !== "string" || roleOf(role) !== "assistant";
}

function isSame(one: JsonValue | undefined, other: JsonValue | undefined): boolean {
  return trimWhiteSpace(JSON.stringify(one)) === trimWhiteSpace(JSON.stringify(other));
}
