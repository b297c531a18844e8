import type { JsonObject } from "@dpo-kit/schema";
import type { BareFormat } from "../chat-format.ts";
import { objectsIn } from "../input/json-members.ts";

/** Chat completions that OpenAI stored, as its API lists them. */
export const openaiStoredCompletions: BareFormat = {
  id: "openai-stored-completions",
  title: "a list of stored completions of OpenAI",
  reason: "the choices of a completion stand side by side without a judgement.",
  advice: "Have people compare the choices, such as in Label Studio, and convert that export.",
  detect: ({ values }) =>
    values.some((value) => isCompletion(value) || objectsIn(value.data).some(isCompletion)),
};

function isCompletion({ object, choices }: JsonObject): boolean {
  return object === "chat.completion" && Array.isArray(choices);
}
