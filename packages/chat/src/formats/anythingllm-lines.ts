import type { JsonObject } from "@dpo-kit/schema";
import type { BareFormat } from "../chat-format.ts";
import { objectsIn } from "../input/json-members.ts";

/** AnythingLLM's export for fine-tuning: a workspace on each line. */
export const anythingLlmLines: BareFormat = {
  id: "anythingllm-lines",
  title: "an AnythingLLM export as JSON Lines",
  reason:
    "it leaves the ratings out, and puts all chats of a workspace one after the other as if they were one.",
  advice: "Export the chats as JSON, which has the ratings.",
  detect: ({ layout, values }) =>
    (layout === "lines" || layout === "object") && values.length > 0 && values.every(isWorkspace),
};

/** Nothing but messages, the first of which is the prompt of the workspace; each content is one text in a list. */
function isWorkspace(value: JsonObject): boolean {
  const messages = objectsIn(value.messages);
  const isAlone = Object.keys(value).length === 1;
  return isAlone && messages[0]?.role === "system" && messages.every(({ content }) => isOneText(content));
}

function isOneText(content: JsonObject[string] | undefined): boolean {
  const [part, ...more] = objectsIn(content);
  return part?.type === "text" && typeof part.text === "string" && more.length === 0;
}
