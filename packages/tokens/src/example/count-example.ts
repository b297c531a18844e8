import type { AssistantMessage, FunctionTool, Message } from "@dpo-kit/schema";
import type { CountTokens } from "../encoding/text-counter.ts";

/** Where the tokens around messages are documented, and when that was read. */
export const chatFormatSource = {
  url: "https://github.com/openai/openai-cookbook/blob/main/examples/Chat_finetuning_data_prep.ipynb",
  asOf: "2026-10-04",
} as const;

/** Tokens that stand around each message, beside those of its role and content ({@link chatFormatSource}). */
export const TOKENS_PER_MESSAGE = 3;
/** Tokens that a name takes beside its own. */
export const TOKENS_PER_NAME = 1;
/** Tokens that every reply begins with. */
export const TOKENS_PER_REPLY = 3;

/** The parts of an example that are counted. */
export interface ExampleParts {
  readonly messages: readonly Message[];
  readonly tools: readonly FunctionTool[];
  readonly preferred: readonly AssistantMessage[];
  readonly nonPreferred: readonly AssistantMessage[];
}

/** The tokens of one example, with those of the chat format around its messages. */
export interface ExampleTokens {
  /** The input: its messages, its tools, and the beginning of the reply. */
  readonly prompt: number;
  readonly preferred: number;
  readonly nonPreferred: number;
  /**
   * Whether all that stands around the texts is documented. Not with tools and tool calls: their texts are
   * counted, the format around them is nowhere described, so the figures are lower bounds.
   */
  readonly documented: boolean;
}

/** Counts an example by the rules of {@link chatFormatSource}. */
export function countExampleTokens(parts: ExampleParts, countTokens: CountTokens): ExampleTokens {
  const { messages, tools, preferred, nonPreferred } = parts;
  const count = (list: readonly Message[]): number =>
    list.reduce((total, message) => total + countMessageTokens(message, countTokens), 0);
  const toolTokens = tools.length === 0 ? 0 : countTokens(JSON.stringify(tools));
  return {
    prompt: count(messages) + toolTokens + TOKENS_PER_REPLY,
    preferred: count(preferred),
    nonPreferred: count(nonPreferred),
    documented: tools.length === 0 && [...messages, ...preferred, ...nonPreferred].every(isPlain),
  };
}

/** The tokens of a message: its role, name, texts and calls, and what the chat format puts around it. */
export function countMessageTokens(message: Message, countTokens: CountTokens): number {
  const texts = [message.role, ...textsOf(message)];
  const name = "name" in message && typeof message.name === "string" ? message.name : undefined;
  const nameTokens = name === undefined ? 0 : countTokens(name) + TOKENS_PER_NAME;
  return texts.reduce((total, text) => total + countTokens(text), TOKENS_PER_MESSAGE + nameTokens);
}

function textsOf(message: Message): string[] {
  const { content } = message;
  const parts = Array.isArray(content)
    ? content.map((part) => (part.type === "text" ? part.text : part.refusal))
    : [content ?? ""];
  if (message.role !== "assistant") {
    return parts;
  }
  const calls = [...(message.tool_calls ?? []).map((call) => call.function), message.function_call];
  return [
    ...parts,
    message.refusal ?? "",
    ...calls.flatMap((call) => (call ? [call.name, call.arguments] : [])),
  ];
}

function isPlain(message: Message): boolean {
  return message.role === "assistant"
    ? !message.tool_calls?.length && !message.function_call
    : message.role === "system" || message.role === "user";
}
