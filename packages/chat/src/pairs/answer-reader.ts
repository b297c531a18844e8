import type { DropReason } from "@dpo-kit/batch";
import { commonMessages, messageText, normaliseTools } from "@dpo-kit/preference";
import type { FunctionTool, Message, TransformName } from "@dpo-kit/schema";
import type { ChatNode } from "../model/chat-node.ts";
import type { TurnTree } from "../model/turns.ts";
import type { Answer, AnswerComparison } from "./answer-comparison.ts";
import type { ChatPairOptions } from "./chat-pair-options.ts";
import { isErrorText } from "./error-texts.ts";
import { MessageReader, type ReadMessages } from "./message-reader.ts";
import { stripReasoning } from "./strip-reasoning.ts";

/** An answer as messages. */
export interface ReadAnswer {
  readonly answer: Answer;
  readonly completion: readonly Message[];
  readonly model: string | undefined;
  readonly transforms: readonly TransformName[];
  /** What the model was told between the user's message and the answer. */
  readonly hidden: readonly Message[];
}

/** The input that answers share. */
export interface ReadInput {
  readonly messages: readonly Message[];
  readonly tools: readonly FunctionTool[];
  readonly transforms: readonly TransformName[];
}

/** Turns that are longer than this are no answers that anybody compared. */
const LONGEST_TURN = 1_000;

/** Reads what the comparisons of one conversation compare, and says of what cannot be compared why not. */
export class AnswerReader {
  readonly #tree: TurnTree;
  readonly #options: ChatPairOptions;
  #tools: { tools: FunctionTool[]; transforms: TransformName[] } | undefined;

  constructor(tree: TurnTree, options: ChatPairOptions) {
    this.#tree = tree;
    this.#options = options;
  }

  /** The messages before the answers, and what was hidden between: both answers were given with it (G1, G8). */
  readInput(
    { answers, after }: Pick<AnswerComparison, "answers" | "after">,
    hidden: readonly Message[],
  ): ReadInput | DropReason {
    const last = after ?? answers[0]!.turn.base;
    const read = new MessageReader(this.#options).read(this.#tree.path(last));
    if (read === undefined) {
      return "media";
    }
    const { tools, transforms } = this.#normalisedTools();
    const told: TransformName[] = hidden.length === 0 ? [] : ["hidden-input-to-system"];
    return {
      messages: questionLast([...read.messages, ...hidden]),
      tools,
      transforms: [...read.transforms, ...transforms, ...told],
    };
  }

  /** One answer. The first reason that speaks against it is the one that is given. */
  readAnswer(answer: Answer, after: string | undefined): ReadAnswer | DropReason {
    const nodes = this.#tree.messages(answer.turn, after);
    // Where the input is said to end early, a user may have spoken since: that is no part of an answer.
    if (nodes[0]?.parent !== (after ?? answer.turn.base) || nodes.some(({ role }) => role === "user")) {
      return "divergence";
    }
    if (nodes.length > LONGEST_TURN) {
      return "invalid";
    }
    const unfit = this.#unfit(nodes);
    if (unfit !== undefined) {
      return unfit;
    }
    const hidden = new MessageReader(this.#options).read(nodes.filter(({ role }) => role === "system"));
    const read = new MessageReader(this.#options).read(nodes.filter(({ role }) => role !== "system"));
    if (read === undefined || hidden === undefined) {
      return "media";
    }
    const usesTools = nodes.some(isToolUse);
    if (usesTools && !this.#isNative(read)) {
      return "tool-turn";
    }
    const completion = usesTools ? read.messages : joined(read.messages, read.transforms);
    const model = nodes.findLast(({ role, model }) => role === "assistant" && model !== undefined)?.model;
    return {
      answer,
      completion: this.#withText(completion, answer.text),
      model,
      transforms: read.transforms,
      hidden: hidden.messages,
    };
  }

  #withText(completion: readonly Message[], text: string | undefined): readonly Message[] {
    if (text === undefined) {
      return completion;
    }
    const content = this.#options.keepReasoning === true ? text : stripReasoning(text);
    return [{ role: "assistant", content }];
  }

  #unfit(nodes: readonly ChatNode[]): DropReason | undefined {
    if (nodes.some(({ status }) => status === "partial" || status === "error")) {
      return "unfinished";
    }
    return this.#options.toolTurns !== "native" && nodes.some(isToolUse) ? "tool-turn" : undefined;
  }

  /** Whether calls have ids and are answered by the tools they call, which are defined. */
  #isNative({ messages, transforms, strayResults }: ReadMessages): boolean {
    if (strayResults || transforms.includes("tool-call-id-invented")) {
      return false;
    }
    const names = new Set(this.#normalisedTools().tools.map(({ function: { name } }) => name));
    return messages.every(
      (message) =>
        message.role !== "assistant" ||
        (message.tool_calls ?? []).every((call) => names.has(call.function.name)),
    );
  }

  #normalisedTools(): { tools: FunctionTool[]; transforms: TransformName[] } {
    const { tools } = this.#tree.conversation;
    this.#tools ??=
      tools === undefined ? noTools : normaliseTools(tools, { at: { source: "" }, path: "tools" });
    return this.#tools;
  }
}

const noTools: { tools: FunctionTool[]; transforms: TransformName[] } = { tools: [], transforms: [] };

function isToolUse({ role, toolCalls }: ChatNode): boolean {
  return role === "tool" || (toolCalls !== undefined && toolCalls.length > 0);
}

/** Several messages in one turn, such as an answer that was continued, are one answer. */
function joined(messages: readonly Message[], transforms: TransformName[]): readonly Message[] {
  if (messages.length < 2) {
    return messages;
  }
  transforms.push("turns-merged");
  return [{ role: "assistant", content: messages.map(messageText).join("\n\n") }];
}

/** Instructions that follow the user's last message go before it: an input ends with what is answered (G5). */
function questionLast(messages: readonly Message[]): readonly Message[] {
  const last = messages.findLastIndex(({ role }) => role !== "system");
  return messages[last]?.role === "user"
    ? [...messages.slice(0, last), ...messages.slice(last + 1), messages[last]]
    : messages;
}

/** Whether an answer is what an interface shows in place of one. */
export function isErrorAnswer({ completion }: ReadAnswer): boolean {
  return completion.length === 1 && isErrorText(messageText(completion[0]!));
}

/**
 * Moves into the input what turns with tools begin with in common, such as a call and its result: providers train
 * on one message on each side.
 */
export function shareBeginning(
  input: ReadInput,
  answers: readonly ReadAnswer[],
): {
  input: ReadInput;
  answers: readonly ReadAnswer[];
} {
  const first = answers[0]!.completion;
  let shared = first.length - 1;
  for (const { completion } of answers) {
    shared = Math.min(shared, completion.length - 1, commonMessages(first, completion));
  }
  if (shared <= 0) {
    return { input, answers };
  }
  return {
    input: { ...input, messages: [...input.messages, ...first.slice(0, shared)] },
    answers: answers.map((answer) => ({ ...answer, completion: answer.completion.slice(shared) })),
  };
}

/** The one message that an answer must be. */
export function isOneMessage({ completion }: ReadAnswer): boolean {
  return completion.length === 1 && completion[0]!.role === "assistant";
}
