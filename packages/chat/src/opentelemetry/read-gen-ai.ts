import type { JsonObject, JsonValue } from "@dpo-kit/schema";
import { isObject } from "../input/file-sample.ts";
import { parseJsonText } from "../input/parse-json-text.ts";
import { readTools } from "../messages/read-tools.ts";
import { readCallInput, systemMessages } from "../traces/read-call-input.ts";
import { readCallOutput } from "../traces/read-call-output.ts";
import { joinCall } from "../traces/read-model-call.ts";
import type { ModelCall } from "../traces/trace-span.ts";
import type { Attributes } from "./attributes.ts";
import type { SpanState } from "./read-openinference.ts";
import type { SpanEvent } from "./span-event.ts";

/**
 * Reads the call of a span with OpenTelemetry's attributes for generative AI: `gen_ai.input.messages` and
 * `gen_ai.output.messages`, on the span or on an event of it; before 2025 an event for each message; or
 * `gen_ai.prompt.0.role`, as OpenLLMetry wrote them.
 * See https://opentelemetry.io/docs/specs/semconv/gen-ai/gen-ai-spans/
 */
export function readGenAi(
  attributes: Attributes,
  { events, ...state }: SpanState & { readonly events: readonly SpanEvent[] },
): ModelCall | undefined {
  const sources = [attributes, ...events.map((event) => event.attributes)];
  const first = (name: string): JsonValue | undefined =>
    sources.map((source) => source.get(name)).find((value) => value !== undefined);
  const asked = readCallInput(first("gen_ai.input.messages") ?? oldInput(attributes, events));
  const answered = readCallOutput(first("gen_ai.output.messages") ?? oldOutput(attributes, events));
  const [model] = ["gen_ai.response.model", "gen_ai.request.model"].flatMap(
    (name) => attributes.text(name) ?? [],
  );
  if (answered === undefined) {
    return undefined;
  }
  const system = systemMessages({ instructions: parseJsonText(first("gen_ai.system_instructions")) ?? null });
  return joinCall(
    asked,
    { ...answered, system },
    { model, ...state, tools: readTools(first("gen_ai.tool.definitions")) },
  );
}

const messageEvent = /^gen_ai\.(system|user|assistant|tool)\.message$/u;

function oldInput(attributes: Attributes, events: readonly SpanEvent[]): JsonValue | undefined {
  const messages = events.flatMap(({ name, body }) => {
    const role = messageEvent.exec(name)?.[1];
    return role === undefined ? [] : [{ role, ...body }];
  });
  return messages.length > 0 ? messages : flattened(attributes.list("gen_ai.prompt"));
}

function oldOutput(attributes: Attributes, events: readonly SpanEvent[]): JsonValue | undefined {
  const choices = events
    .filter(({ name }) => name === "gen_ai.choice")
    .map(({ body }) => ({
      ...body,
      message: { role: "assistant", ...(isObject(body.message) ? body.message : {}) },
    }));
  return choices.length > 0 ? { choices } : flattened(attributes.list("gen_ai.completion"));
}

function flattened(list: readonly Attributes[]): JsonObject[] | undefined {
  const messages = list.map((item): JsonObject => {
    const calls = item.list("tool_calls").map(
      (call): JsonObject => ({
        id: call.get("id") ?? null,
        function: { name: call.get("name") ?? "", arguments: call.get("arguments") ?? "{}" },
      }),
    );
    return {
      role: item.get("role") ?? null,
      content: partsOrText(item.get("content")),
      finish_reason: item.get("finish_reason") ?? null,
      tool_call_id: item.get("tool_call_id") ?? null,
      ...(calls.length === 0 ? {} : { tool_calls: calls }),
    };
  });
  return messages.length > 0 ? messages : undefined;
}

/** Parts are written as a JSON text; an answer may be one too, and then is a text. */
function partsOrText(content: JsonValue | undefined): JsonValue {
  const parsed = parseJsonText(content);
  return Array.isArray(parsed) ? parsed : (content ?? null);
}
