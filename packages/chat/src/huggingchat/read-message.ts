import { memberJsonText } from "@dpo-kit/preference";
import type { JsonObject } from "@dpo-kit/schema";
import { isObject } from "../input/file-sample.ts";
import { firstText, objectsIn } from "../input/json-members.ts";
import { splitTurn, type TurnStep } from "../messages/split-turn.ts";
import type { ChatNodeInput } from "../model/chat-node.ts";

/** Reads a message of chat-ui; what tools did on the way stands in its updates. */
export function readHuggingchatMessage(
  message: JsonObject,
  place: { id: string; parent: string },
): ChatNodeInput[] {
  const { from, interrupted } = message;
  const reasoning = firstText(message.reasoning) ?? "";
  const steps: TurnStep[] = [
    ...objectsIn(message.files).map(mediaOf),
    ...objectsIn(message.updates).flatMap(readUpdate),
    ...searched(message),
    ...(reasoning === "" ? [] : [{ kind: "reasoning", text: reasoning } as const]),
    { kind: "text", text: firstText(message.content) ?? "" },
  ];
  return splitTurn(steps, {
    ...place,
    role: from === "user" ? "user" : from === "system" ? "system" : "assistant",
    status: interrupted === true ? "partial" : "unknown",
  });
}

function mediaOf({ mime }: JsonObject): TurnStep {
  const kind = (firstText(mime) ?? "").split("/", 1)[0]!;
  return { kind: "media", what: ["image", "audio", "video"].includes(kind) ? kind : "file" };
}

function readUpdate(update: JsonObject): TurnStep[] {
  if (update.type !== "tool") {
    return [];
  }
  const callId = firstText(update.uuid);
  if (isObject(update.call)) {
    const given = isObject(update.call.parameters) ? memberJsonText(update.call, "parameters") : "{}";
    return [
      { kind: "call", call: { id: callId, name: firstText(update.call.name) ?? "tool", arguments: given } },
    ];
  }
  return isObject(update.result) ? [{ kind: "result", callId, text: memberJsonText(update, "result") }] : [];
}

/** The search of the web that older servers made before they asked the model. */
function searched({ webSearch }: JsonObject): TurnStep[] {
  if (!isObject(webSearch)) {
    return [];
  }
  const query = JSON.stringify(firstText(webSearch.searchQuery) ?? "");
  return [
    { kind: "call", call: { name: "search", arguments: `{"query":${query}}` } },
    { kind: "result", text: firstText(webSearch.context) ?? "" },
  ];
}
