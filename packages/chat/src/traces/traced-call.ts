import { carryJson, type JsonValue, type Location } from "@dpo-kit/schema";
import type { ChatRecord } from "../chat-format.ts";
import { type ChatNodeInput, type MessageNode, nodeText } from "../model/chat-node.ts";
import { buildConversation, chainNodes } from "../model/conversation.ts";
import type { Judgement } from "../model/judgement.ts";
import { type Ballot, settleBallots } from "./span-judgement.ts";

/** One call of a model as a trace store keeps it. All of it is JSON, so that a store on disk can hold it. */
export interface TracedCall {
  /** What judgements name the call's answer by. */
  readonly id: string;
  readonly at: Location;
  readonly input: readonly MessageNode[];
  /** Most often one assistant message. */
  readonly output: readonly MessageNode[];
  /** The tools the model was given, as JSON text. */
  readonly tools?: string | undefined;
  /** Of this call, or of it and another one of equal input; each judgement stands with one call only. */
  readonly judgements: readonly (Judgement | Ballot)[];
}

/**
 * What calls of equal input have in common: the messages and the tools. Ids, models and times are left out: they
 * differ from call to call. A text is the same in one part, in several, and by itself. Of images and files it is not
 * kept which they were: a call with one has its input to itself.
 */
export function inputKey({ at, id, input, tools }: TracedCall): string {
  const messages = input.map((node) => [node.role, contentKey(node), callKeys(node)]);
  return JSON.stringify([messages, tools, ...(input.some(hasMedia) ? [at.source, id] : [])]);
}

function hasMedia({ content }: MessageNode): boolean {
  return typeof content !== "string" && content.some(({ kind }) => kind === "media");
}

function contentKey(node: MessageNode): JsonValue {
  const isText = typeof node.content === "string" || node.content.every(({ kind }) => kind === "text");
  return isText ? nodeText(node) : (node.content as unknown as JsonValue);
}

function callKeys({ toolCalls = [] }: MessageNode): JsonValue {
  return toolCalls.map(({ name, arguments: given }) => [name, given]);
}

/** Calls of equal input as one conversation: the input once, and each call's output as an answer to it. */
export function recordOfCalls(calls: readonly TracedCall[]): ChatRecord {
  const [first] = calls;
  const input = chainNodes(first!.input.map((node, index) => ({ ...node, id: `input-${index}` })));
  const last = input.at(-1);
  const answers = calls.flatMap((call) => chainNodes(withAnswerIds(call), last?.id ?? null));
  const conversation = buildConversation([...input, ...answers], {
    id: first!.id,
    ...(first!.tools === undefined ? {} : { tools: toolsOf(first!.tools) }),
  });
  const judgements = settleBallots(calls.flatMap((call) => call.judgements));
  return {
    kind: "judged",
    at: first!.at,
    conversation,
    judgements: judgements.map((each) => placed(each, last)),
  };
}

/** The last message of an output stands for the call. */
function withAnswerIds({ id, output }: TracedCall): MessageNode[] {
  const end = output.length - 1;
  return output.map((node, index) => ({ ...node, id: index === end ? `call-${id}` : `call-${id}/${index}` }));
}

/** Turns are named by the nodes of their calls; an input that ends with a tool's result ends there. */
function placed(judgement: Judgement, last: ChatNodeInput | undefined): Judgement {
  const after = last === undefined || last.role === "user" ? {} : { after: last.id };
  switch (judgement.kind) {
    case "none":
      return judgement;
    case "vote":
      return { ...judgement, ...after, winner: `call-${judgement.winner}`, loser: `call-${judgement.loser}` };
    case "rank":
      return {
        ...judgement,
        ...after,
        items: judgement.items.map(({ turn, rank }) => ({ turn: `call-${turn}`, rank })),
      };
    default:
      return { ...judgement, ...after, turn: `call-${judgement.turn}` };
  }
}

function toolsOf(text: string): JsonValue {
  try {
    return carryJson(text);
  } catch {
    return [];
  }
}
