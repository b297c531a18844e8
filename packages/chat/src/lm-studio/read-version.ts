import { memberJsonText } from "@dpo-kit/preference";
import type { JsonObject } from "@dpo-kit/schema";
import { isObject } from "../input/file-sample.ts";
import { firstText, objectsIn } from "../input/json-members.ts";
import { splitTurn, type TurnStep } from "../messages/split-turn.ts";
import type { ChatNodeInput, NodeStatus } from "../model/chat-node.ts";

/** Reads a version of a message: of one step, or of several with reasoning and calls of tools between. */
export function readLmStudioVersion(version: JsonObject, id: string): ChatNodeInput[] {
  const blocks = version.type === "multiStep" ? objectsIn(version.steps) : [version];
  const model = blocks.map(modelOf).find((name) => name !== undefined);
  return splitTurn(blocks.flatMap(readBlock), {
    id,
    role: version.role === "user" ? "user" : version.role === "system" ? "system" : "assistant",
    status: statusOf(blocks),
    ...(model === undefined ? {} : { model }),
  });
}

function readBlock({ content, style }: JsonObject): TurnStep[] {
  const isThought = isObject(style) && style.type === "thinking";
  return objectsIn(content).flatMap((part) => readPart(part, isThought));
}

function readPart(part: JsonObject, isThought: boolean): TurnStep[] {
  switch (part.type) {
    case "text":
      return [{ kind: isThought ? "reasoning" : "text", text: firstText(part.text) ?? "" }];
    case "toolCallRequest": {
      const given = isObject(part.parameters) ? memberJsonText(part, "parameters") : "{}";
      const name = firstText(part.name) ?? "tool";
      return [{ kind: "call", call: { id: callId(part), name, arguments: given } }];
    }
    case "toolCallResult":
      return [{ kind: "result", callId: callId(part), text: firstText(part.content) ?? "" }];
    default:
      return [{ kind: "media", what: part.fileType === "image" ? "image" : "file" }];
  }
}

/** Requests and results name a call in two ways, as numbers or texts. */
function callId({ toolCallRequestId, toolCallId, callId: number }: JsonObject): string | undefined {
  const found = [toolCallRequestId, toolCallId, number].find((id) => id !== undefined && id !== null);
  return found === undefined ? undefined : String(found);
}

function modelOf({ genInfo }: JsonObject): string | undefined {
  return isObject(genInfo) ? firstText(genInfo.indexedModelIdentifier, genInfo.identifier) : undefined;
}

/** Why the model stopped; what the last step says counts. */
function statusOf(blocks: readonly JsonObject[]): NodeStatus {
  const infos = blocks.map(({ genInfo }) => genInfo).filter(isObject);
  const stats = infos.at(-1)?.stats;
  const reason = isObject(stats) ? stats.stopReason : undefined;
  if (reason === "failed") {
    return "error";
  }
  if (typeof reason === "string" && cutReasons.has(reason)) {
    return "partial";
  }
  return reason === undefined ? "unknown" : "done";
}

const cutReasons: ReadonlySet<string> = new Set([
  "userStopped",
  "modelUnloaded",
  "maxPredictedTokensReached",
  "contextLengthReached",
]);
