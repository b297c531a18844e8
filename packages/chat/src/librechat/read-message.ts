import { memberJsonText } from "@dpo-kit/preference";
import type { JsonObject, JsonValue } from "@dpo-kit/schema";
import { isObject } from "../input/file-sample.ts";
import { firstText, objectsIn } from "../input/json-members.ts";
import { splitTurn, type TurnStep } from "../messages/split-turn.ts";
import type { ChatNodeInput, NodeStatus } from "../model/chat-node.ts";
import type { PlacedMessage } from "./list-messages.ts";

/** Reads a message: its parts, where it has them, else its text. */
export function readLibrechatMessage({ message, id, parent }: PlacedMessage): ChatNodeInput[] {
  const parts = objectsIn(message.content);
  const text = firstText(message.text) ?? "";
  const steps = parts.length > 0 ? parts.flatMap(readPart) : [{ kind: "text", text } as const];
  const files = [...objectsIn(message.files), ...objectsIn(message.attachments)].map(mediaOf);
  const model = firstText(message.model);
  return splitTurn([...files, ...steps], {
    id,
    parent,
    role: message.isCreatedByUser === true ? "user" : "assistant",
    status: statusOf(message, parts),
    ...(model === undefined ? {} : { model }),
    edited: message.isEdited === true,
  });
}

function readPart(part: JsonObject): TurnStep[] {
  switch (part.type) {
    case "text":
      return [{ kind: "text", text: textOf(part.text) }];
    case "think":
      return [{ kind: "reasoning", text: textOf(part.think) }];
    case "tool_call":
      return isObject(part.tool_call) ? callSteps(part.tool_call) : [];
    case "error":
      return [];
    default:
      return [mediaOf(part)];
  }
}

function textOf(text: JsonValue | undefined): string {
  return firstText(text, isObject(text) ? text.value : undefined) ?? "";
}

function callSteps(call: JsonObject): TurnStep[] {
  const callId = firstText(call.id);
  const given = firstText(call.args) ?? (call.args === undefined ? "{}" : memberJsonText(call, "args"));
  const output = firstText(call.output);
  return [
    { kind: "call", call: { id: callId, name: firstText(call.name) ?? "tool", arguments: given } },
    ...(output === undefined ? [] : [{ kind: "result", callId, text: output } as const]),
  ];
}

function mediaOf({ type }: JsonObject): TurnStep {
  const name = firstText(type) ?? "";
  return { kind: "media", what: name.startsWith("image") ? "image" : "file" };
}

/** `finish_reason` is the provider's word: `length` and `incomplete` were cut off. */
function statusOf(
  { error, unfinished, finish_reason: reason }: JsonObject,
  parts: readonly JsonObject[],
): NodeStatus {
  if (error === true || parts.some(({ type }) => type === "error")) {
    return "error";
  }
  const isCut = reason === "length" || reason === "incomplete" || reason === "content_filter";
  if (unfinished === true || isCut) {
    return "partial";
  }
  return error === false || unfinished === false ? "done" : "unknown";
}
