import { compactJson, type FunctionCall, type Message, trimWhiteSpace } from "@dpo-kit/schema";
import { messageRefusal, messageText } from "./message-text.ts";

/**
 * Whether two answers are the same, everywhere in dpo-kit: their texts are equal after trimming Unicode white
 * space, so are their refusals, and their tool calls are equal: the same functions, in the same order, with
 * the same arguments. White space between the tokens of the arguments and the ids of calls say nothing.
 */
export function sameAnswer(one: Message, other: Message): boolean {
  if (!sameText(messageText(one), messageText(other))) {
    return false;
  }
  return sameText(messageRefusal(one), messageRefusal(other)) && sameCalls(callsOf(one), callsOf(other));
}

function sameText(one: string, other: string): boolean {
  if (one === other) {
    return true;
  }
  return !(isTight(one) && isTight(other)) && trimWhiteSpace(one) === trimWhiteSpace(other);
}

/** Whether a text surely has no white space around it, so that nothing needs to be trimmed. */
function isTight(text: string): boolean {
  return text !== "" && isInk(text.charCodeAt(0)) && isInk(text.charCodeAt(text.length - 1));
}

/** Three ranges without white space, which hold nearly all letters and marks there are. */
function isInk(code: number): boolean {
  return (code > 0x20 && code < 0x85) || (code > 0xa0 && code < 0x1680) || (code > 0x3000 && code < 0xfeff);
}

const noCalls: readonly FunctionCall[] = [];

function callsOf(message: Message): readonly FunctionCall[] {
  if (message.role !== "assistant") {
    return noCalls;
  }
  const { tool_calls: calls, function_call: call } = message;
  if (calls === undefined && (call === undefined || call === null)) {
    return noCalls;
  }
  return [...(calls ?? []).map((each) => each.function), ...(call ? [call] : [])];
}

function sameCalls(one: readonly FunctionCall[], other: readonly FunctionCall[]): boolean {
  return (
    one.length === other.length &&
    one.every((call, index) => {
      const against = other[index]!;
      return call.name === against.name && sameArguments(call.arguments, against.arguments);
    })
  );
}

function sameArguments(one: string, other: string): boolean {
  return one === other || compactArguments(one) === compactArguments(other);
}

function compactArguments(text: string): string {
  try {
    JSON.parse(text);
  } catch {
    return trimWhiteSpace(text);
  }
  return compactJson(text);
}
