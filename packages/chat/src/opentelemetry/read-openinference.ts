import type { JsonObject, JsonValue } from "@dpo-kit/schema";
import { readMessageList } from "../messages/read-message-list.ts";
import { readTools } from "../messages/read-tools.ts";
import type { MessageNode } from "../model/chat-node.ts";
import { joinCall, readModelCall } from "../traces/read-model-call.ts";
import type { ModelCall } from "../traces/trace-span.ts";
import type { Attributes } from "./attributes.ts";

/** What a span says of itself beside its attributes. */
export interface SpanState {
  readonly failed: boolean;
}

/**
 * Reads the call of a span with OpenInference's attributes, `llm.input_messages.0.message.role` and so on; a step of
 * another kind has an input and an output by itself. See
 * https://github.com/Arize-ai/openinference/blob/main/spec/semantic_conventions.md
 */
export function readOpenInference(attributes: Attributes, state: SpanState): ModelCall | undefined {
  const model = attributes.text("llm.model_name");
  const asked = readMessages(attributes.list("llm.input_messages"), "i");
  const answered = readMessages(attributes.list("llm.output_messages"), "o");
  if (asked === undefined || answered === undefined) {
    const [input, output] = ["input.value", "output.value"].map((name) => attributes.get(name));
    return readModelCall({ input, output, model, ...state });
  }
  return joinCall(
    { messages: asked },
    { messages: answered, system: [] },
    { model, ...state, tools: toolsOf(attributes) },
  );
}

function toolsOf(attributes: Attributes): string | undefined {
  return readTools(attributes.list("llm.tools").map((tool) => tool.get("tool.json_schema") ?? null));
}

function readMessages(list: readonly Attributes[], prefix: string): MessageNode[] | undefined {
  return readMessageList(list.map(messageOf), { prefix });
}

/** A message as OpenAI's API writes it. */
function messageOf(item: Attributes): JsonObject {
  const [name, id] = [item.text("message.name"), item.text("message.tool_call_id")];
  const calls = item.list("message.tool_calls").map(callOf);
  return {
    role: item.text("message.role") ?? null,
    content: contentOf(item),
    ...(name === undefined ? {} : { name }),
    ...(id === undefined ? {} : { tool_call_id: id }),
    ...(calls.length === 0 ? {} : { tool_calls: calls }),
  };
}

function contentOf(item: Attributes): JsonValue {
  const parts = item.list("message.contents").map((part): JsonObject => {
    const type = part.text("message_content.type") ?? "text";
    const text = part.text("message_content.text");
    return { type, ...(text === undefined ? {} : { text }) };
  });
  return parts.length > 0 ? parts : (item.get("message.content") ?? "");
}

function callOf(call: Attributes): JsonObject {
  const id = call.text("tool_call.id");
  return {
    ...(id === undefined ? {} : { id }),
    function: {
      name: call.get("tool_call.function.name") ?? "",
      arguments: call.get("tool_call.function.arguments") ?? "{}",
    },
  };
}
