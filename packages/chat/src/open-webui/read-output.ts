import { memberJsonText } from "@dpo-kit/preference";
import type { JsonObject, JsonValue } from "@dpo-kit/schema";
import { firstText, objectsIn } from "../input/json-members.ts";
import type { TurnStep } from "../messages/split-turn.ts";

/** Reads the `output` of an answer, laid out as the items of OpenAI's Responses API. */
export function readOutput(output: JsonValue | undefined): TurnStep[] {
  return objectsIn(output).flatMap(readItem);
}

function readItem(item: JsonObject): TurnStep[] {
  switch (item.type) {
    case "message":
      return [{ kind: "text", text: textIn(item.content) }];
    case "reasoning":
      return [{ kind: "reasoning", text: textIn(item.content) }];
    case "function_call_output":
      return [{ kind: "result", callId: firstText(item.call_id), text: textIn(item.output) }];
    default:
      return [{ kind: "call", call: callIn(item) }];
  }
}

/** What is neither said nor thought is a call of a tool, under its name or its kind. */
function callIn(item: JsonObject): { id?: string | undefined; name: string; arguments: string } {
  const given = item.arguments;
  return {
    id: firstText(item.call_id, item.id),
    name: firstText(item.name, item.type) ?? "tool",
    arguments: firstText(given) ?? (given === undefined ? "{}" : memberJsonText(item, "arguments")),
  };
}

function textIn(content: JsonValue | undefined): string {
  const texts = objectsIn(content).flatMap(({ text }) => (typeof text === "string" ? [text] : []));
  return firstText(content) ?? texts.join("");
}
