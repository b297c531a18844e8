import type { JsonValue } from "@dpo-kit/schema";
import { type MessageNode, nodeText } from "../model/chat-node.ts";
import { type CallInput, readCallInput } from "./read-call-input.ts";
import { type CallOutput, readCallOutput } from "./read-call-output.ts";
import type { ModelCall } from "./trace-span.ts";

/** What a trace store keeps of a step. */
export interface StepFacts {
  readonly input: JsonValue | undefined;
  readonly output: JsonValue | undefined;
  readonly model?: string | undefined;
  /** Whether the step ended with an error. Default: false. */
  readonly failed?: boolean | undefined;
  /** As JSON text, where they stand beside the input. */
  readonly tools?: string | undefined;
}

/** Reads a step as a call: what was given, and what was answered. Undefined where one of them is missing. */
export function readModelCall({ input, output, ...facts }: StepFacts): ModelCall | undefined {
  const answered = readCallOutput(output);
  return answered && joinCall(readCallInput(input), answered, facts);
}

/** Joins what was given with what was answered. Where only a whole conversation was kept, it is cut before the end. */
export function joinCall(
  given: CallInput | undefined,
  answered: CallOutput,
  { model, failed, tools = given?.tools ?? answered.tools }: Omit<StepFacts, "input" | "output">,
): ModelCall | undefined {
  const asked = given?.messages ?? answered.messages.slice(0, lastAnswer(answered.messages));
  const answer = withoutBeginning(answered.messages, asked);
  if (asked.length === 0 || answer.length === 0 || !answer.every(isOfAnswer)) {
    return undefined;
  }
  const hasSystem = asked.some(({ role }) => role === "system");
  return {
    input: hasSystem ? asked : [...answered.system, ...asked],
    output: answer.map((node) => withFacts(node, { model, failed })),
    ...(tools === undefined ? {} : { tools }),
  };
}

/** Where the answer begins that a list of messages ends with: behind the last message that is not the model's. */
function lastAnswer(messages: readonly MessageNode[]): number {
  return messages.findLastIndex((node) => !isOfAnswer(node)) + 1;
}

/** Graphs and agents give the whole conversation as their output, with what they were given at its beginning. */
function withoutBeginning(
  messages: readonly MessageNode[],
  given: readonly MessageNode[],
): readonly MessageNode[] {
  const repeats = given.every((node, index) => {
    const other = messages[index];
    return other !== undefined && other.role === node.role && nodeText(other) === nodeText(node);
  });
  return repeats ? messages.slice(given.length) : messages;
}

function isOfAnswer({ role }: MessageNode): boolean {
  return role === "assistant" || role === "tool";
}

function withFacts(
  node: MessageNode,
  { model, failed }: { model?: string | undefined; failed?: boolean | undefined },
): MessageNode {
  return {
    ...node,
    ...(model === undefined || node.role !== "assistant" ? {} : { model }),
    ...(failed === true ? { status: "error" as const } : {}),
  };
}
