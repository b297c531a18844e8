import type { JsonObject } from "./json.ts";

/**
 * The canonical example: one preference, in the shape that OpenAI, Azure, Together and Fireworks train on.
 * Property names are those of the wire format, so `JSON.stringify(example)` is a valid line.
 *
 * Source: `FineTunePreferenceRequestInput` in OpenAI's specification
 * (https://github.com/openai/openai-openapi) and the platform's guide
 * (https://developers.openai.com/api/docs/guides/direct-preference-optimization).
 */
export interface DpoExample {
  input: DpoInput;
  /** Exactly one assistant message: the better answer. */
  preferred_output: AssistantMessage[];
  /** Exactly one assistant message: the worse answer. */
  non_preferred_output: AssistantMessage[];
}

/** What both answers reply to. */
export interface DpoInput {
  /** At least one message; at least one from the user; the last one is not the assistant's. */
  messages: Message[];
  /** Functions the assistant may call. Default: none. */
  tools?: FunctionTool[];
  /** Whether several calls may be made in one turn. Default: true. */
  parallel_tool_calls?: boolean;
}

export type Message = SystemMessage | UserMessage | AssistantMessage | ToolMessage | FunctionMessage;

/** The roles that the input of a preference line may have. `developer` is not one of them. */
export type Role = Message["role"];

export interface TextPart {
  type: "text";
  text: string;
}

export interface RefusalPart {
  type: "refusal";
  refusal: string;
}

export interface SystemMessage {
  role: "system";
  content: string | TextPart[];
  name?: string;
}

export interface UserMessage {
  role: "user";
  content: string | TextPart[];
  name?: string;
}

/** An assistant turn. `content` may be missing or null only beside `tool_calls`, `function_call` or `refusal`. */
export interface AssistantMessage {
  role: "assistant";
  content?: string | (TextPart | RefusalPart)[] | null;
  refusal?: string | null;
  name?: string;
  tool_calls?: ToolCall[];
  /** Deprecated by OpenAI in favour of `tool_calls`; accepted in input messages. */
  function_call?: FunctionCall | null;
  /** 0 leaves an earlier turn out of the loss. Only in `input.messages`, never in the outputs. */
  weight?: 0 | 1;
}

export interface ToolMessage {
  role: "tool";
  content: string | TextPart[];
  /** The `id` of the call that this message answers. */
  tool_call_id: string;
}

/** Deprecated by OpenAI in favour of {@link ToolMessage}. */
export interface FunctionMessage {
  role: "function";
  content: string | null;
  name: string;
}

export interface ToolCall {
  id: string;
  type: "function";
  function: FunctionCall;
}

export interface FunctionCall {
  name: string;
  /** A JSON text, not an object. */
  arguments: string;
}

export interface FunctionTool {
  type: "function";
  function: FunctionDefinition;
}

export interface FunctionDefinition {
  /** 1 to 64 of `A-Z a-z 0-9 _ -`. */
  name: string;
  description?: string;
  /** A JSON Schema object. */
  parameters?: JsonObject;
  strict?: boolean | null;
}
