import { lineText, type PairBatch } from "@dpo-kit/batch";
import { messageRefusal, messageText } from "@dpo-kit/preference";
import type { AssistantMessage, DpoExample, Message } from "@dpo-kit/schema";
import { countCharacters } from "./count-characters.ts";
import type { PairPlace } from "./pair-place.ts";

/** One of the two answers. */
export interface AnswerView {
  /** Its text, its refusal and the arguments of its calls. */
  readonly text: string;
  /** Whether it is declared as a refusal. */
  readonly isRefusal: boolean;
  readonly hasCalls: boolean;
  /** In code points. */
  readonly characters: number;
  readonly tokens: number | undefined;
}

/** A pair as the collectors see it. */
export interface PairView {
  readonly batch: PairBatch;
  readonly line: number;
  readonly place: PairPlace;
  readonly messages: readonly Message[];
  readonly hasTools: boolean;
  /** The texts of the input messages. */
  readonly promptTexts: readonly string[];
  readonly promptCharacters: number;
  readonly promptTokens: number | undefined;
  /** Whether the tokens are lower bounds: those of its tools and calls are not all known. */
  readonly hasLowerBounds: boolean;
  readonly preferred: AnswerView;
  readonly nonPreferred: AnswerView;
}

/** The tokens of each line of a batch: those of the input, and those of each answer. */
export interface TokenColumns {
  readonly prompt: ArrayLike<number>;
  readonly preferred: ArrayLike<number>;
  readonly nonPreferred: ArrayLike<number>;
  /** Of each line 0 where its figures are lower bounds. Default: none are. */
  readonly documented?: ArrayLike<number>;
}

/** Reads one pair of a batch. */
export function readPair(batch: PairBatch, line: number, tokens?: TokenColumns): PairView {
  // The whole line at once: four spans take four times the calls, which cost more than the bytes between them.
  const example = JSON.parse(lineText(batch, line)) as DpoExample;
  const { messages, tools = [] } = example.input;
  const promptTexts = messages.map(textOfMessage);
  return {
    batch,
    line,
    place: {
      sourceId: batch.sourceId[line]!,
      ordinal: batch.recordOrdinal[line]!,
      line: batch.physicalLine[line]!,
      pairInRecord: batch.pairInRecord[line]!,
    },
    messages,
    hasTools: tools.length > 0,
    promptTexts,
    promptCharacters: promptTexts.reduce((total, text) => total + countCharacters(text), 0),
    promptTokens: tokens?.prompt[line],
    hasLowerBounds: tokens?.documented?.[line] === 0,
    preferred: readAnswer(example.preferred_output, tokens?.preferred[line]),
    nonPreferred: readAnswer(example.non_preferred_output, tokens?.nonPreferred[line]),
  };
}

function readAnswer(messages: readonly AssistantMessage[], tokens: number | undefined): AnswerView {
  const text = messages.map(textOfMessage).join("\n");
  return {
    text,
    isRefusal: messages.some((message) => messageRefusal(message) !== ""),
    hasCalls: messages.some((message) => (message.tool_calls?.length ?? 0) > 0),
    characters: countCharacters(text),
    tokens,
  };
}

function textOfMessage(message: Message): string {
  const calls = message.role === "assistant" ? (message.tool_calls ?? []) : [];
  const parts = [
    messageText(message),
    messageRefusal(message),
    ...calls.map((call) => call.function.arguments),
  ];
  return parts.filter((part) => part !== "").join("\n");
}
