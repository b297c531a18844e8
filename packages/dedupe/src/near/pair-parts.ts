import { decodeSpan, type PairBatch } from "@dpo-kit/batch";
import type { AssistantMessage, DpoExample, Message } from "@dpo-kit/schema";

/**
 * Which parts of pairs must be alike: the prompt, both answers, or all of these. The prompt is two parts, its
 * last message and all before it, so that a long system prompt that all pairs share does not make their questions
 * alike.
 */
export type NearOn = "prompt" | "answers" | "both";

/** The texts of each part of a pair. */
export type PairParts = readonly (readonly string[])[];

/** What a pair's parts are taken from. */
export interface PairMessages {
  readonly messages: readonly Message[];
  readonly preferred: readonly AssistantMessage[];
  readonly nonPreferred: readonly AssistantMessage[];
}

/** The parts: of a prompt two, of the answers two. */
export function partsOf({ messages, preferred, nonPreferred }: PairMessages, on: NearOn): PairParts {
  const prompt = [textsOf(messages.slice(0, -1)), textsOf(messages.slice(-1))];
  const answers = [textsOf(preferred), textsOf(nonPreferred)];
  return on === "prompt" ? prompt : on === "answers" ? answers : [...prompt, ...answers];
}

/** Decodes the parts of a pair of a batch; nothing that is not asked for. */
export function partsInBatch(batch: PairBatch, pair: number, on: NearOn): PairParts {
  const messages = {
    messages: on === "answers" ? [] : decodeSpan(batch, pair, "messages"),
    preferred: on === "prompt" ? [] : decodeSpan(batch, pair, "preferred"),
    nonPreferred: on === "prompt" ? [] : decodeSpan(batch, pair, "nonPreferred"),
  };
  return partsOf(messages, on);
}

/** The parts of a canonical line. */
export function partsInLine(line: Uint8Array, on: NearOn): PairParts {
  const example = JSON.parse(utf8.decode(line)) as DpoExample;
  const messages = {
    messages: example.input.messages,
    preferred: example.preferred_output,
    nonPreferred: example.non_preferred_output,
  };
  return partsOf(messages, on);
}

const utf8 = new TextDecoder("utf-8", { ignoreBOM: true });

/** All texts of messages: contents, refusals, and what functions are called with. */
export function textsOf(messages: readonly Message[]): string[] {
  const texts: string[] = [];
  for (const message of messages) {
    if (typeof message.content === "string") {
      texts.push(message.content);
    } else {
      texts.push(...(message.content ?? []).map((part) => (part.type === "text" ? part.text : part.refusal)));
    }
    if (message.role === "assistant") {
      texts.push(...assistantTexts(message));
    }
  }
  return texts;
}

function assistantTexts({ refusal, tool_calls, function_call }: AssistantMessage): string[] {
  const calls = [
    ...(tool_calls ?? []).map((call) => call.function),
    ...(function_call ? [function_call] : []),
  ];
  return [...(refusal ? [refusal] : []), ...calls.flatMap((call) => [call.name, call.arguments])];
}
