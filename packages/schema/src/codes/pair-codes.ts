import * as sources from "../sources.ts";
import type { CodeDefinition } from "./definition.ts";

/** Codes of turning a record into pairs. */
export type PairCode =
  | "PAIR_EMPTY_PROMPT"
  | "PAIR_EMPTY_ANSWER"
  | "PAIR_IDENTICAL"
  | "PAIR_INVALID"
  | "PAIR_PROMPT_ENDS_WITH_ASSISTANT"
  | "PAIR_TOO_MANY"
  | "PAIR_TIE"
  | "PAIR_MARGIN"
  | "PAIR_CAP"
  | "PAIR_DIVERGENCE"
  | "PAIR_NO_CANDIDATES"
  | "PAIR_NO_PREFERENCES"
  | "PAIR_NO_VERDICT"
  | "PAIR_UNPAIRED"
  | "PAIR_ROLE_UNKNOWN"
  | "PAIR_MESSAGE_INVALID"
  | "PAIR_CONTENT_NOT_TEXT"
  | "PAIR_TOOLS_INVALID"
  | "GATHER_LIMIT";

export const pairCodes: Record<PairCode, CodeDefinition> = {
  PAIR_EMPTY_PROMPT: {
    kind: "rejected",
    severity: "error",
    title: "The prompt is empty or missing",
    meaning: "There is nothing that the answers reply to.",
    fix: "Fill the prompt, or remove the record.",
    example: "prompt,chosen,rejected\n,Hello,No",
    source: sources.openaiGuide,
  },
  PAIR_EMPTY_ANSWER: {
    kind: "rejected",
    severity: "error",
    title: "An answer is empty or missing",
    meaning: "White space alone is no answer: there is nothing to learn from it, and providers refuse it.",
    fix: "Fill both answers, or remove the record.",
    example: "prompt,chosen,rejected\nHi,Hello,",
    source: sources.openaiGuide,
  },
  PAIR_IDENTICAL: {
    kind: "rejected",
    severity: "error",
    title: "Both answers are the same",
    meaning:
      "After trimming white space there is no difference between them, so there is no preference to learn.",
    fix: "Remove the record, or put the answer that was meant.",
    example: "prompt,chosen,rejected\nHi,Hello,Hello ",
    source: sources.identicalAnswers,
  },
  PAIR_INVALID: {
    kind: "rejected",
    severity: "error",
    title: "The pair breaks the canonical schema or a rule of the target",
    meaning: "A line that breaks these rules fails the whole training job, often hours later.",
    fix: "See the other codes of this entry.",
    example: "a conversation whose tool message answers a call that no earlier message makes",
    source: "docs/provider-rules.md",
  },
  PAIR_PROMPT_ENDS_WITH_ASSISTANT: {
    kind: "rejected",
    severity: "error",
    title: "The prompt ends with a message of the assistant",
    meaning:
      "Both answers are assistant messages, so the message before them must be somebody else's; providers refuse such a line.",
    fix: "Take that message out of the prompt, or put it in front of both answers.",
    example:
      'messages,chosen,rejected\n"[{""role"":""user"",""content"":""Hi""},{""role"":""assistant"",""content"":""Yes?""}]",Hello,No',
    source: "https://docs.together.ai/docs/preference-fine-tuning",
  },
  PAIR_TOO_MANY: {
    kind: "rejected",
    severity: "error",
    title: "The record holds more comparisons than can be meant",
    meaning:
      "The answers of one record are compared with each other; hundreds of them give more comparisons than a machine can hold.",
    fix: "Use --pairs best-worst, or split the record.",
    example: "a record of 1,000 answers with 1,000 different scores, all to be compared with each other",
    source: "docs/architecture.md",
  },
  PAIR_TIE: {
    kind: "skipped",
    severity: "info",
    title: "The answers are tied",
    meaning: "The verdict, rank or score says that neither is better. A tie makes no pair.",
    fix: "Nothing is wrong.",
    example: "two answers with the score 4",
    source: "packages/preference/README.md",
  },
  PAIR_MARGIN: {
    kind: "dropped",
    severity: "info",
    title: "The scores are closer than --min-margin",
    meaning: "You asked that pairs differ by more.",
    fix: "Lower --min-margin to keep it.",
    example: "answers with the scores 4 and 3.5, where the smallest margin is 1",
    source: "packages/preference/README.md",
  },
  PAIR_CAP: {
    kind: "dropped",
    severity: "info",
    title: "The record has more pairs than --max-pairs-per-record",
    meaning: "The pairs of the largest margin are kept, then the first in the order of the input.",
    fix: "Raise --max-pairs-per-record to keep it.",
    example: "a best answer with five others, where a record may give two pairs",
    source: "packages/preference/README.md",
  },
  PAIR_DIVERGENCE: {
    kind: "dropped",
    severity: "info",
    title: "The two conversations differ before the last answer",
    meaning:
      "A pair has one context. Two conversations that part earlier have none in common for their last answers.",
    fix: "Nothing is wrong; see --on-divergence where the format offers it.",
    example:
      "chosen: [user Hi, assistant Hello, user Bye, assistant Goodbye]\nrejected: [user Hi, assistant What, user Why, assistant Because]",
    source: sources.openaiGuide,
  },
  PAIR_NO_CANDIDATES: {
    kind: "skipped",
    severity: "info",
    title: "Fewer than two answers can be compared",
    meaning: "A preference needs two answers whose order is known.",
    fix: "Nothing is wrong.",
    example: "a prompt with one answer",
    source: "packages/preference/README.md",
  },
  PAIR_NO_PREFERENCES: {
    kind: "skipped",
    severity: "info",
    title: "The record holds no preference",
    meaning: "It is a prompt, an answer alone or a conversation, among records that hold preferences.",
    fix: "Nothing is wrong. For supervised fine-tuning such records can be used as they are.",
    example: '{"messages":[{"role":"user","content":"Hi"},{"role":"assistant","content":"Hello"}]}',
    source: "packages/preference/README.md",
  },
  PAIR_NO_VERDICT: {
    kind: "skipped",
    severity: "info",
    title: "Nobody judged the answers",
    meaning: "The verdict, choice or label of the record is empty, so nothing says which answer is better.",
    fix: "Nothing is wrong. If another column holds the verdict, name it with --verdict NAME.",
    example: '{"prompt":"Hi","response_a":"Hello","response_b":"No","winner":null}',
    source: "packages/preference/README.md",
  },
  PAIR_UNPAIRED: {
    kind: "skipped",
    severity: "info",
    title: "All answers to the prompt were judged alike",
    meaning:
      "Answers that are judged one by one, good or bad, make pairs only where one prompt has both kinds. Those that are left can still train a model, with KTO.",
    fix: "Nothing is wrong. Write them as KTO lines with --unpaired FILE.",
    example: '{"prompt":"Hi","completion":"Hello","label":true}',
    source: "https://arxiv.org/abs/2402.01306",
  },
  PAIR_ROLE_UNKNOWN: {
    kind: "rejected",
    severity: "error",
    title: "A message has a role that is not known",
    meaning:
      "Roles are system, user, assistant, tool and function, and their well-known other names (human, gpt, bot, model …).",
    fix: "Rename the role in the data.",
    example: '{"role":"narrator","content":"It was night."}',
    source: sources.openaiChatSchema,
  },
  PAIR_MESSAGE_INVALID: {
    kind: "rejected",
    severity: "error",
    title: "A message is not of a known shape",
    meaning:
      "A message is an object with role and content, or from and value; its content is text or text parts.",
    fix: "Mend that message in the data.",
    example: '{"speaker":"user","says":"Hi"}',
    source: sources.trlFormats,
  },
  PAIR_CONTENT_NOT_TEXT: {
    kind: "rejected",
    severity: "error",
    title: "A message holds content that is not text",
    meaning:
      "Preference lines are text only. Leaving an image or a sound out would change what the answers reply to.",
    fix: "Remove the record, or describe the content as text.",
    example:
      '{"role":"user","content":[{"type":"image_url","image_url":{"url":"https://example.com/cat.png"}}]}',
    source: sources.openaiGuide,
  },
  PAIR_TOOLS_INVALID: {
    kind: "rejected",
    severity: "error",
    title: "The tools are not of a known shape",
    meaning: "Tools are a list of function definitions, as OpenAI and Hugging Face write them.",
    fix: "Mend the tools of that record.",
    example: '"tools": "get_weather"',
    source: sources.openaiFunctionCalling,
  },
  GATHER_LIMIT: {
    kind: "refusal",
    severity: "error",
    title: "The rows to be gathered do not fit into memory",
    meaning:
      "Groups are never paired before they are complete, and the limit of the store in memory is reached.",
    fix: "Raise the limit, or run it where the store may use the disk.",
    example: "one conversation whose rows take more memory than the store may use",
    source: "packages/preference/README.md",
  },
};
