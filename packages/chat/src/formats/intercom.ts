import type { JsonObject } from "@dpo-kit/schema";
import type { BareFormat } from "../chat-format.ts";
import { objectsIn } from "../input/json-members.ts";

/** Conversations of Intercom, as its API gives them. */
export const intercom: BareFormat = {
  id: "intercom",
  title: "an Intercom export",
  reason: "its ratings are of a whole conversation or of a person, not of one answer.",
  advice:
    "If a bot answers there, score or correct its answers in its trace store, such as Langfuse or LangSmith, and convert that export.",
  detect: ({ values }) =>
    values.some((value) => isConversation(value) || objectsIn(value.conversations).some(isConversation)),
};

function isConversation(value: JsonObject): boolean {
  return (
    value.type === "conversation" &&
    ("conversation_parts" in value || "conversation_rating" in value || "source" in value)
  );
}
