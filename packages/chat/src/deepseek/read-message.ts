import { memberJsonText } from "@dpo-kit/preference";
import type { JsonObject } from "@dpo-kit/schema";
import { firstText, objectsIn } from "../input/json-members.ts";
import { splitTurn, type TurnStep } from "../messages/split-turn.ts";
import type { ChatNodeInput, NodeStatus } from "../model/chat-node.ts";

/**
 * Reads a message made of fragments: `REQUEST` is what the user wrote, `THINK` reasoning, `RESPONSE` the answer. Older
 * exports have `content` and `reasoning_content` in their place.
 */
export function readDeepseekMessage(
  message: JsonObject,
  place: { id: string; parent: string | null },
): ChatNodeInput[] {
  const fragments = objectsIn(message.fragments);
  const steps = fragments.length > 0 ? fragments.flatMap(readFragment) : plainSteps(message);
  const files = objectsIn(message.files).map((): TurnStep => ({ kind: "media", what: "file" }));
  const model = firstText(message.model);
  return splitTurn([...files, ...searched(message), ...steps], {
    ...place,
    role: roleOf(message, fragments),
    status: statusOf(message),
    ...(model === undefined || model === "" ? {} : { model }),
  });
}

function roleOf({ role }: JsonObject, fragments: readonly JsonObject[]): ChatNodeInput["role"] {
  const isUsers = fragments.some(({ type }) => type === "REQUEST");
  return isUsers || role === "USER" || role === "user" ? "user" : "assistant";
}

function readFragment(fragment: JsonObject): TurnStep[] {
  const text = firstText(fragment.content) ?? "";
  switch (fragment.type) {
    case "REQUEST":
    case "RESPONSE":
      return [{ kind: "text", text }];
    case "THINK":
      return [{ kind: "reasoning", text }];
    case "SEARCH":
      return searchSteps(fragment, "results");
    default:
      return [];
  }
}

function plainSteps({ content, reasoning_content: reasoning }: JsonObject): TurnStep[] {
  const thought = firstText(reasoning);
  const text = firstText(content);
  return [
    ...(thought === undefined ? [] : [{ kind: "reasoning", text: thought } as const]),
    ...(text === undefined ? [] : [{ kind: "text", text } as const]),
  ];
}

function searched(message: JsonObject): TurnStep[] {
  return objectsIn(message.search_results).length > 0 ? searchSteps(message, "search_results") : [];
}

/** An answer that rests on a search of the web is a turn in which a tool was used. */
function searchSteps(holder: JsonObject, results: string): TurnStep[] {
  const queries = Array.isArray(holder.queries) ? memberJsonText(holder, "queries") : "[]";
  return [
    { kind: "call", call: { name: "search", arguments: `{"queries":${queries}}` } },
    { kind: "result", text: Array.isArray(holder[results]) ? memberJsonText(holder, results) : "" },
  ];
}

/** `WIP` and `INCOMPLETE` are answers that were stopped, `CONTENT_FILTER` ones that were taken back. */
function statusOf({ status }: JsonObject): NodeStatus {
  if (typeof status !== "string") {
    return "unknown";
  }
  return status === "FINISHED" ? "done" : "partial";
}
