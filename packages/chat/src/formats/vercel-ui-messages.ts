import type { JsonObject } from "@dpo-kit/schema";
import type { BareFormat } from "../chat-format.ts";
import { objectsIn } from "../input/json-members.ts";

/** Messages of Vercel's AI SDK, `UIMessage`, as applications store them. */
export const vercelUiMessages: BareFormat = {
  id: "vercel-ui-messages",
  title: "a file of messages of Vercel's AI SDK",
  reason:
    "a new answer takes the place of the old one, so that a vote has no other answer to be set against.",
  advice:
    "Score or correct the answers in the trace store of the application, such as Langfuse or LangSmith, and convert its export.",
  detect: ({ values }) =>
    values.some((value) => isUiMessage(value) || objectsIn(value.messages).some(isUiMessage)),
};

/** Messages of other origins have parts too, but their parts have no types of their own or stand beside a content. */
function isUiMessage({ role, parts, content }: JsonObject): boolean {
  const isTyped = objectsIn(parts).some(
    ({ type, text }) => typeof type === "string" && (type !== "text" || text !== undefined),
  );
  return typeof role === "string" && isTyped && (content === undefined || typeof content === "string");
}
